import { factsOf, type LabelFacts } from "./facts.ts";
import type { Frame } from "./frame.ts";
import type { LabelledRow } from "./snapshot.ts";
import type { Table } from "./table.ts";

/** Writes each record as one line of JSON, whole. */
export function jsonLines(frame: Frame): (record: LabelledRow) => string {
  const names = frame.names.map((name) => JSON.stringify(name));
  return ({ key, content, kind, turns, metadata, source, labels }) => {
    const facts = factsOf(labels, frame)
      .map((of, at) => `${names[at]}:${JSON.stringify(document(of))}`)
      .join(",");
    // Most are plain texts, of which nothing more is to be said.
    const more = `${kind === "text" ? "" : `,"kind":"${kind}"`}${turns === null ? "" : `,"turns":${turns}`}`;
    return `{"key":${JSON.stringify(key)},"text":${JSON.stringify(content)}${more},"metadata":${metadata},"source":${source},"labels":{${facts}}}\n`;
  };
}

/** The facts as they are written: where the label that stands comes from is not said twice. */
function document({ model, verification, final, gold }: LabelFacts) {
  if (!final) return { model, verification, final, gold };
  const { label, from, ...said } = final;
  return {
    model,
    verification,
    final: { ...said, from: from === model && from ? "model" : from },
    gold,
  };
}

/** Writes each row of a table as one line of JSON, its columns as members. */
export function jsonRows(table: Table): (record: LabelledRow) => string {
  const members = table.columns.map(({ name, type }) => ({
    name: JSON.stringify(name),
    isJson: type === "json",
  }));
  return (record) => {
    let text = "";
    for (const row of table.rowsOf(record)) {
      const cells = members.map(({ name, isJson }, at) => {
        const cell = row[at] ?? null;
        return `${name}:${isJson && typeof cell === "string" ? cell : JSON.stringify(cell)}`;
      });
      text += `{${cells.join(",")}}\n`;
    }
    return text;
  };
}
