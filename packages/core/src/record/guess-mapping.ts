import { countedValues } from "../label/counted.ts";
import { readValue } from "../label/value.ts";
import type { LabelDefinition } from "../schema/schema.ts";
import { momentOf } from "../search/moment.ts";
import { fold } from "../text/fold.ts";
import { readChat } from "./chat.ts";
import type { ColumnMapping } from "./import.ts";
import { valueOfCell } from "./metadata-cell.ts";

const keyNames =
  /^(|id|key|_id|uuid|index|idx|(record|row|doc|document|tweet|message|post|task|item|external)[ _-]?id)$/i;
const textNames =
  /^(text|content|sentence|message|tweet|comment|review|body|document|post|utterance|premise|headline)s?$/i;
const chatNames = /^(messages|conversations?|turns|chat|dialogue|dialog|prompt)$/i;
const imageNames = /^(image|img|picture|photo)([ _-]?(url|path|file))?$/i;
/** Columns that hold labels which were made by somebody: a model's name, or a person's, and a word that says so. */
const givenNames =
  /^(?:(?:pred(?:iction)?|yhat|label|annotat(?:ion|or)|response)[ _.(-]+)?(.+?)\)?(?:[ _.-]+(?:label|pred(?:iction)?|annotation|response))?$/i;

/** A file's beginning. */
export interface Beginning {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A first guess at what a file's columns are: names first, then the longest cells for the text, then cells that are options
 * of a label for gold, and, of those that also look like somebody's, for labels of other annotators. Of what is left,
 * columns that tell records from each other become metadata.
 */
export function guessMapping(
  { columns, rows }: Beginning,
  labels: readonly LabelDefinition[],
): ColumnMapping {
  const cells = (place: number) =>
    rows.map((row) => row[place] ?? "").filter((cell) => cell.trim() !== "");
  const filled = columns.map((_, place) => cells(place));
  const content = contentOf(columns, filled);
  const key = columns.findIndex(
    (name, place) =>
      place !== content?.place &&
      keyNames.test(name) &&
      filled[place]?.length === rows.length &&
      new Set(filled[place]).size === rows.length,
  );
  const gold = new Map<string, string>();
  const others: ColumnMapping["labels"] = [];
  for (const [place, column] of columns.entries()) {
    const values = filled[place] ?? [];
    if (place === content?.place || place === key || values.length === 0) continue;
    const label = labels.find(
      (definition) =>
        isTelling(definition, column) &&
        values.every((cell) => readValue(definition, cell) !== undefined),
    );
    if (!label) continue;
    const whose = makerIn(column);
    if (whose !== undefined)
      others.push({ label: label.name, column, by: { name: whose }, kind: "model", codes: {} });
    else if (!gold.has(label.name)) gold.set(label.name, column);
  }
  return {
    ...(key >= 0 && { key: columns[key] }),
    ...(content && { [content.as]: columns[content.place] }),
    metadata: columns.filter(
      (column, place) =>
        place !== content?.place &&
        place !== key &&
        ![...gold.values()].includes(column) &&
        !others.some((other) => other.column === column) &&
        !answerNames.test(column) &&
        makerIn(column) === undefined &&
        isTellingOfRecords(filled[place] ?? []),
    ),
    gold: Object.fromEntries(gold),
    labels: others,
    controls: {},
  };
}

/** Columns that probably hold an answer, which reviewers must not see beside the record. */
const answerNames =
  /label|gold|truth|answer|annotat|class|categor|target|sentiment|response|verdict|^y$|confidence|score/i;

const longestTelling = 100;

/** Whether cells say something by which one would find records: short ones, of which some recur or can be ordered. */
const isTellingOfRecords = (cells: readonly string[]): boolean =>
  cells.length > 0 &&
  cells.every((cell) => cell.length <= longestTelling) &&
  (new Set(cells).size < cells.length || cells.every(isOrdered));

const isOrdered = (cell: string): boolean =>
  typeof valueOfCell(cell) !== "string" || momentOf(cell) !== undefined;

type Content = { readonly as: "text" | "turns" | "image"; readonly place: number };

function contentOf(
  columns: readonly string[],
  filled: readonly (readonly string[])[],
): Content | undefined {
  const chat = columns.findIndex(
    (name, place) => chatNames.test(name) && (filled[place] ?? []).some(isChat),
  );
  if (chat >= 0) return { as: "turns", place: chat };
  const named = columns.findIndex((name) => textNames.test(name));
  if (named >= 0) return { as: isChat(filled[named]?.[0] ?? "") ? "turns" : "text", place: named };
  const image = columns.findIndex((name) => imageNames.test(name));
  if (image >= 0) return { as: "image", place: image };
  const lengths = filled.map((cells) =>
    cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length,
  );
  const longest = Math.max(0, ...lengths);
  return longest > 0 ? { as: "text", place: lengths.indexOf(longest) } : undefined;
}

function isChat(cell: string): boolean {
  if (!cell.startsWith("[")) return false;
  try {
    return readChat(JSON.parse(cell)) !== undefined;
  } catch {
    return false;
  }
}

const machines =
  /gpt|claude|gemini|gemma|llama|mistral|mixtral|falcon|flan|palm|qwen|deepseek|zephyr|vicuna|openchat|bert|yhat|model|\bpred|llm/i;

/** The machine that a column's name says its labels are from. */
function makerIn(column: string): string | undefined {
  if (!machines.test(column)) return undefined;
  const name = givenNames.exec(column)?.[1]?.trim();
  return name === undefined || name === "" ? column : name;
}

/** Whether values alone tell that a column is of a label: of texts and any numbers only its name does. */
export const isTelling = (definition: LabelDefinition, column: string): boolean =>
  fold(definition.name) === fold(column) ||
  (definition.level === "record" && countedValues(definition).length > 0);

/** The schema's label that a file's own name of one is probably meant for. */
export function guessLabel(
  control: string,
  labels: readonly LabelDefinition[],
  values: readonly string[],
): string | undefined {
  const named = labels.find(({ name }) => fold(name) === fold(control));
  if (named) return named.name;
  return labels.find(
    (definition) =>
      isTelling(definition, control) &&
      values.length > 0 &&
      values.every((value) => readValue(definition, value) !== undefined),
  )?.name;
}
