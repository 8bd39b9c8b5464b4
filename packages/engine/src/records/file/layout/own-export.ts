import { momentOf } from "@countersign/core";
import { jsonMembers } from "../json-members.ts";
import { isObject } from "../json-rows.ts";
import type { BroughtLabel, FilePart } from "../part.ts";
import { type FlatRow, flattened } from "./flattened.ts";
import { joined } from "./joined.ts";

/** What our own export looks like: JSON Lines with all facts of a record, or a table with a row a record or a label. */
type Shape = "lines" | "wide" | "long";

const kept = "source.";
const sourceFact = ".final_source";

/** What a record without labels has, besides its imported columns. */
const unlabelled = new Set(["key", "text", "kind", "turns", "metadata"]);

function shapeOf(columns: readonly string[]): Shape | undefined {
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name));
  if (!has("key", "text")) return undefined;
  if (has("metadata", "source", "labels")) return "lines";
  if (has("label", "value", "annotator_kind", "annotator")) return "long";
  const labelled = namesIn(columns).some((name) => has(`${name}.final`, `${name}.gold`));
  const others = columns.filter((name) => !unlabelled.has(name));
  const bare = has("metadata") && others.every((name) => name.startsWith(kept));
  return labelled || (bare && others.length > 0) ? "wide" : undefined;
}

/** The labels of a wide table. */
const namesIn = (columns: readonly string[]): string[] =>
  columns.flatMap((name) =>
    name.endsWith(sourceFact) && !name.startsWith(kept) ? [name.slice(0, -sourceFact.length)] : [],
  );

/** Whether a row's columns are those of a file that was exported here. */
export const isOwnExport = (columns: readonly string[]): boolean => shapeOf(columns) !== undefined;

/**
 * A file that was exported here as rows with key and text, which bring the record's columns, metadata and content whole.
 * A job's labels become those of a model with the job's name; what a person verified, the person's own.
 *
 * @param isEscaped whether cells that a spreadsheet would run may have an apostrophe in front, which is taken off
 */
export async function* readOwnExport(
  parts: AsyncIterable<FilePart>,
  isEscaped: boolean,
): AsyncGenerator<FilePart, void> {
  const read = (row: ReadonlyMap<string, string>): FlatRow | string => {
    const members = isEscaped ? withoutApostrophes(row) : row;
    switch (shapeOf([...members.keys()])) {
      case "lines":
        return lineOf(members);
      case "wide":
        return wideOf(members);
      case "long":
        return longOf(members);
      default:
        return "does not have the columns of an export from here";
    }
  };
  yield* joined(flattened(parts, read));
}

const withoutApostrophes = (row: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...row].map(([name, json]) => [ran(name), JSON.stringify(ran(textIn(json)))]));

/** A cell as it was before an export made it harmless to spreadsheets. */
const ran = (cell: string): string =>
  /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;

/** A cell's text; what is none is empty, what is no text its JSON. */
function textIn(json: string | undefined): string {
  if (json === undefined || json === "null") return "";
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}

interface Content {
  readonly metadata: string;
  readonly source: string;
  readonly columns: readonly string[];
  readonly labels: readonly BroughtLabel[];
}

function rowOf(
  row: ReadonlyMap<string, string>,
  { metadata, source, columns, labels }: Content,
): FlatRow | string {
  const facts = metadata === "" ? "{}" : metadata;
  if (!isJsonObject(facts)) return "has metadata that is no JSON object";
  const kind = textIn(row.get("kind"));
  const turns = textIn(row.get("turns"));
  if (kind === "chat" && turns === "") return "is a conversation without its turns";
  return {
    members: new Map(["key", "text"].map((name) => [name, row.get(name) ?? '""'])),
    labels,
    leftOut: [],
    columns,
    whole: {
      source,
      metadata: facts,
      ...((kind === "chat" || kind === "image") && { kind }),
      ...(kind === "chat" && { turns }),
    },
  };
}

function isJsonObject(json: string): boolean {
  try {
    return isObject(JSON.parse(json));
  } catch {
    return false;
  }
}

function lineOf(row: ReadonlyMap<string, string>): FlatRow | string {
  const source = row.get("source") ?? "";
  if (!isJsonObject(source)) return "has a source that is no JSON object";
  const { names: columns, values } = jsonMembers(source);
  if (values.some((value) => !value.startsWith('"'))) return "has a source with more than texts";
  const labels: unknown = JSON.parse(row.get("labels") ?? "null");
  return rowOf(row, {
    metadata: row.get("metadata") ?? "",
    source,
    columns,
    labels: isObject(labels)
      ? Object.entries(labels).flatMap(([name, facts]) =>
          isObject(facts) ? factsOf(name, (path) => written(memberOf(facts, path))) : [],
        )
      : [],
  });
}

/** What stands at a path in a document; nothing where the path leads nowhere. */
const memberOf = (document: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), document);

const written = (value: unknown): string =>
  typeof value === "string"
    ? value
    : value === null || value === undefined
      ? ""
      : JSON.stringify(value);

/** Where wide tables have what a line's document has. */
const wideNames: Readonly<Record<string, string>> = {
  "model value": "model",
  "model confidence": "confidence",
  "model job": "job",
  "verification at": "verified_at",
  "final value": "final",
  "final source": "final_source",
  "final by": "final_by",
  "final from value": "final_from",
  "final from confidence": "final_confidence",
  "final from job": "final_job",
  gold: "gold",
};

function wideOf(row: ReadonlyMap<string, string>): FlatRow | string {
  return rowOf(row, {
    ...keptColumns(row),
    labels: namesIn([...row.keys()]).flatMap((name) =>
      factsOf(name, (path) => textIn(row.get(`${name}.${wideNames[path.join(" ")]}`))),
    ),
  });
}

function keptColumns(row: ReadonlyMap<string, string>) {
  const members = [...row].filter(([name, json]) => name.startsWith(kept) && json !== "null");
  const source = members.map(
    ([name, json]) => `${JSON.stringify(name.slice(kept.length))}:${JSON.stringify(textIn(json))}`,
  );
  return {
    metadata: textIn(row.get("metadata")),
    source: `{${source}}`,
    columns: [...row.keys()].flatMap((name) =>
      name.startsWith(kept) ? [name.slice(kept.length)] : [],
    ),
  };
}

/** The labels that a record's facts of one name tell: gold, the machine's, and what a person made of it. */
function factsOf(control: string, at: (path: readonly string[]) => string): BroughtLabel[] {
  const labels: BroughtLabel[] = [];
  const gold = at(["gold"]);
  if (gold !== "") labels.push({ control, by: { kind: "gold", name: "gold" }, cell: gold });
  const jobs = new Set<string>();
  for (const path of [["model"], ["final", "from"]] as const) {
    const cell = at([...path, "value"]);
    const job = at([...path, "job"]);
    if (cell === "" || job === "" || jobs.has(job)) continue;
    jobs.add(job);
    labels.push({
      control,
      by: { kind: "model", name: `job ${job}` },
      cell,
      confidence: sureness(at([...path, "confidence"])),
    });
  }
  const source = at(["final", "source"]);
  if (source !== "" && source !== "model")
    labels.push({
      control,
      by: { kind: "person", name: at(["final", "by"]) },
      cell: at(["final", "value"]),
      at: moment(at(["verification", "at"])),
    });
  return labels;
}

function longOf(row: ReadonlyMap<string, string>): FlatRow | string {
  const text = (name: string) => textIn(row.get(name));
  const control = text("label");
  const written = text("annotator_kind");
  const kind = written === "job" ? "model" : written;
  if (kind !== "person" && kind !== "model" && kind !== "gold")
    return "has a kind of annotator that is none: it is person, job, model or gold";
  const said: BroughtLabel = {
    control,
    by: { kind, name: text("annotator") },
    cell: text("value"),
    confidence: sureness(text("confidence")),
    at: moment(text("created_at")),
  };
  const verdict: BroughtLabel = {
    control,
    by: { kind: "person", name: text("verified_by") },
    cell: text("verified_value"),
    at: moment(text("verified_at")),
  };
  return rowOf(row, {
    ...keptColumns(row),
    labels: verdict.by.name === "" ? [said] : [said, verdict],
  });
}

const moment = (text: string): string | undefined =>
  momentOf(text) === undefined ? undefined : text;

function sureness(text: string): number | undefined {
  const number = Number(text);
  return text !== "" && number >= 0 && number <= 1 ? number : undefined;
}
