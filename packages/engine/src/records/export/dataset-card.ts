import { countedValues, kindWords, type LabelDefinition, optionsOf } from "@countersign/core";
import type { Frame } from "./frame.ts";
import type { Column } from "./table.ts";
import type { Tally } from "./tally.ts";

export interface Split {
  readonly name: string;
  readonly path: string;
  readonly tally: Tally;
}

/** A dataset's README.md: what a loader needs as front matter, then for people where the labels come from. */
export function datasetCard(
  frame: Frame,
  columns: readonly Column[],
  splits: readonly Split[],
): string {
  const records = splits.reduce((sum, { tally }) => sum + tally.records, 0);
  return [
    "---",
    `pretty_name: ${quoted(frame.project)}`,
    `annotations_creators:\n${creators(splits)}`,
    "task_categories:\n- text-classification",
    `size_categories:\n- ${sizeCategory(records)}`,
    "configs:\n- config_name: default\n  data_files:",
    ...splits.map(({ name, path }) => `  - split: ${name}\n    path: ${path}`),
    "dataset_info:\n  features:",
    ...columns.map(feature),
    "---",
    "",
    `# ${text(frame.project)}`,
    "",
    `${number(records)} texts, exported by Countersign${frame.schemaVersion === null ? "" : ` under version ${frame.schemaVersion} of the project's schema`}.`,
    ...(splits.length === 1
      ? []
      : ["", "| split | texts |", "|---|---:|"].concat(
          splits.map(({ name, tally }) => `| ${text(name)} | ${number(tally.records)} |`),
        )),
    ...frame.names.flatMap((name, at) => ["", ...labelSection(frame, name, at, splits)]),
    "",
    ...legend,
    "",
  ].join("\n");
}

const legend = [
  "## How to read the columns",
  "",
  "The column with a label's own name holds what stands: the newest verification, else a person's own label, else the newest job's. `<label>.final_source` says which: `corrected` and `confirmed` were looked at by a person, `person` is a person's own, `model` is a machine's that no person has seen.",
  "",
  "`<label>.agent_id` is the hash of model, parameters and prompt: labels with the same id were asked for in the same way. `<label>.confidence` is a figure of the model's, no share of right answers, unless it was measured. `<label>.gold` is the truth that came with the texts, where it came.",
];

function labelSection(
  frame: Frame,
  name: string,
  at: number,
  splits: readonly Split[],
): readonly string[] {
  const definition = frame.definitions[at];
  const tallies = splits.flatMap(({ tally }) => tally.labels[at] ?? []);
  const sources = added(tallies.map((tally) => tally.sources));
  const values = added(tallies.map((tally) => tally.values));
  const people = added(tallies.map((tally) => tally.people));
  const verified = (sources.get("confirmed") ?? 0) + (sources.get("corrected") ?? 0);
  const unseen = sources.get("model") ?? 0;
  return [
    `## ${text(name)}`,
    ...(definition?.description === undefined ? [] : ["", text(definition.description)]),
    "",
    ...valueLines(definition, values),
    "",
    `${number(verified)} were verified by a person (${number(sources.get("confirmed") ?? 0)} confirmed, ${number(sources.get("corrected") ?? 0)} corrected), ${number(sources.get("person") ?? 0)} were given by a person, **${number(unseen)} were given by a model and seen by nobody**, ${number(sources.get("none") ?? 0)} texts have none.`,
    ...(people.size === 0
      ? []
      : [
          "",
          `People: ${sorted(people)
            .map(([person, n]) => `${text(person)} (${number(n)})`)
            .join(", ")}.`,
        ]),
    ...models(tallies.map((tally) => tally.origins)),
  ];
}

/** What the label may be, and how often it is what. */
function valueLines(
  definition: LabelDefinition | undefined,
  values: ReadonlyMap<string, number>,
): string[] {
  if (!definition) return [];
  const options = optionsOf(definition);
  const meanings = new Map(
    options.map((option) => [
      option.value,
      [option.text, option.description].filter(Boolean).join(": "),
    ]),
  );
  const told = new Set([...countedValues(definition), ...values.keys()]);
  const asked =
    definition.level === "record" && definition.kind === "single"
      ? "Exactly one of:"
      : definition.level === "record" && definition.kind === "multiple"
        ? "Any number of:"
        : `A ${text(kindWords(definition))}:`;
  if (told.size === 0) return [asked.replace(/:$/, ".")];
  return [
    asked,
    "",
    "| value | meaning | texts |",
    "|---|---|---:|",
    ...[...told].map(
      (value) =>
        `| ${text(value)} | ${text(meanings.get(value) ?? "")} | ${number(values.get(value) ?? 0)} |`,
    ),
  ];
}

function models(origins: readonly ReadonlyMap<string, { n: number } & Origin>[]): string[] {
  const all = new Map<string, Origin & { n: number }>();
  for (const map of origins)
    for (const [key, origin] of map) {
      const before = all.get(key);
      all.set(key, { ...origin, n: origin.n + (before?.n ?? 0) });
    }
  if (all.size === 0) return [];
  return [
    "",
    "| agent | agent's id | model | labels |",
    "|---|---|---|---:|",
    ...sorted(all).map(
      ([, { agent, agentId, model, simulated, n }]) =>
        `| ${agent === null ? "imported" : text(agent)} | ${agentId === null ? "" : `\`${agentId}\``} | ${text(model)}${simulated ? " (**simulated**)" : ""} | ${number(n)} |`,
    ),
    ...([...all.values()].some(({ simulated }) => simulated)
      ? [
          "",
          "A **simulated** model replays recorded answers or makes them up; its labels are for trying things out.",
        ]
      : []),
  ];
}

interface Origin {
  readonly agent: string | null;
  readonly agentId: string | null;
  readonly model: string;
  readonly simulated: boolean;
}

function added(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const map of maps) for (const [key, n] of map) sum.set(key, (sum.get(key) ?? 0) + n);
  return sum;
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function creators(splits: readonly Split[]): string {
  const sources = added(splits.flatMap(({ tally }) => tally.labels.map((label) => label.sources)));
  const people = ["confirmed", "corrected", "person"].some((source) => sources.has(source));
  const found = [
    ...(sources.has("model") || sources.has("confirmed") ? ["machine-generated"] : []),
    ...(people ? ["expert-generated"] : []),
  ];
  return (found.length > 0 ? found : ["no-annotation"]).map((one) => `- ${one}`).join("\n");
}

/** One feature of `dataset_info`, as the datasets library writes them. */
function feature({ name, type, classes = [] }: Column): string {
  const head = `  - name: ${quoted(name)}`;
  const names = (indent: string) =>
    classes.map((one, at) => `${indent}'${at}': ${quoted(one)}`).join("\n");
  if (type === "class")
    return `${head}\n    dtype:\n      class_label:\n        names:\n${names("          ")}`;
  if (type === "classes")
    return `${head}\n    sequence:\n      class_label:\n        names:\n${names("          ")}`;
  if (type === "list") return `${head}\n    sequence: string`;
  const dtypes = {
    integer: "int64",
    number: "float64",
    boolean: "bool",
    text: "string",
    json: "string",
  };
  return `${head}\n    dtype: ${dtypes[type]}`;
}

/** JSON's strings are YAML's. */
const quoted = (text: string): string => JSON.stringify(text);

/** Text that stays text in Markdown, within a table's cell too. */
const text = (given: string): string =>
  given.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+!|~]/g, "\\$&");

const grouped = new Intl.NumberFormat("en-US");
const number = (n: number): string => grouped.format(n);

const sizes = [
  [1_000, "n<1K"],
  [10_000, "1K<n<10K"],
  [100_000, "10K<n<100K"],
  [1_000_000, "100K<n<1M"],
  [10_000_000, "1M<n<10M"],
  [100_000_000, "10M<n<100M"],
] as const;

const sizeCategory = (n: number): string => sizes.find(([below]) => n < below)?.[1] ?? "n>1T";
