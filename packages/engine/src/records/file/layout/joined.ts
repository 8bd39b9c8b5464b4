import type { BroughtLabel, FilePart, Row } from "../part.ts";

/**
 * Joins rows with the same first cell that follow each other, of one record each, to one with the labels of all. Where
 * somebody says two things of one label, what was said later stands. In memory is one record.
 */
export async function* joined(parts: AsyncIterable<FilePart>): AsyncGenerator<FilePart, void> {
  let open: Row | undefined;
  for await (const part of parts) {
    if (part.kind === "row" && open && open.cells[0] === part.cells[0] && sameRecord(open, part)) {
      open = { ...open, ...withLabels(open, part.labels ?? []) };
      continue;
    }
    if (open) yield open;
    open = undefined;
    if (part.kind === "row")
      open = { ...part, ...withLabels({ ...part, labels: [] }, part.labels ?? []) };
    else yield part;
  }
  if (open) yield open;
}

/** Two rows that are not of one record with one content are left apart, to be found wrong. */
const sameRecord = (a: Row, b: Row): boolean =>
  a.cells[1] === b.cells[1] &&
  a.whole?.metadata === b.whole?.metadata &&
  a.whole?.source === b.whole?.source;

function withLabels(
  { labels = [], leftOut = [] }: Row,
  more: readonly BroughtLabel[],
): Pick<Row, "labels" | "leftOut"> {
  const all = new Map(labels.map((label) => [idOf(label), label]));
  const passed = [...leftOut];
  for (const label of more) {
    const before = all.get(idOf(label));
    if (before && before.cell !== label.cell)
      passed.push("what a person said before saying another");
    if (!before || (label.at ?? "") >= (before.at ?? "")) all.set(idOf(label), label);
  }
  return { labels: [...all.values()], leftOut: passed };
}

const idOf = ({ control, by }: BroughtLabel): string => JSON.stringify([control, by.kind, by.name]);
