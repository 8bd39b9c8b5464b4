import { Option } from "@commander-js/extra-typings";
import {
  isChoice,
  kindWords,
  type Option as LabelOption,
  type Renames,
  Renames as RenamesDocument,
  type SchemaChange,
  type SchemaVersion,
  schemaForms,
  writeSchema,
} from "@countersign/core";
import { type Countersign, CountersignError } from "@countersign/sdk";
import { InvalidArgumentError } from "commander";
import { agreed } from "../agreed.ts";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count } from "../figures.ts";
import { print, remark } from "../output.ts";
import { schemaFile } from "../schema-file.ts";
import { table } from "../table.ts";

const set = () =>
  command("set", "store a new version of the schema; an unchanged one stores nothing")
    .argument(
      "<file>",
      "JSON: {labels: [{name, kind?, level?, options: [{value, text, description?, colour?}]}]}; MEGAnno's form or a Fannotate codebook will do",
    )
    .option(
      "--rename <json>",
      'options that are called otherwise now: {"label": {"former value": "new value"}}; labels are mapped',
      renames,
    )
    .option("--orphan", "labels that the new schema has no place for may be left behind")
    .action(async (file, options) => {
      const document = await schemaFile(file);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const { rename } = options;
        const store = (orphan: boolean) =>
          client.schemas.set({ project, ...document, orphan, ...(rename && { rename }) });
        const stored = await store(options.orphan ?? false).catch(async (error: unknown) => {
          if (!(await mayOrphan(error, options))) throw error;
          return store(true);
        });
        print(options, stored, () => told(project, stored));
      });
    });

/** Asks at a terminal whether labels may be left behind; elsewhere nobody is there to say so. */
async function mayOrphan(error: unknown, { json }: { readonly json?: true | undefined }) {
  if (!(error instanceof CountersignError) || error.problem.type !== "labels-in-use") return false;
  if (json || !process.stdin.isTTY) return false;
  const { what = error.message } = error.problem;
  return agreed(`${what}\nStore it anyway, and leave them behind?`);
}

type Stored = Awaited<ReturnType<Countersign["schemas"]["set"]>>;

function told(project: string, { changed, version, mapped, orphaned }: Stored): string {
  if (!changed) return `Nothing changed: ${project} already has this schema, version ${version}.\n`;
  return [
    `Stored schema version ${version} of ${project}.`,
    ...(mapped > 0 ? [`${labels(mapped, "says", "say")} the new values now.`] : []),
    ...(orphaned > 0 ? [`${labels(orphaned, "is", "are")} left behind in their own version.`] : []),
    "",
  ].join("\n");
}

const labels = (n: number, one: string, many: string): string =>
  `${count(n)} ${n === 1 ? `label ${one}` : `labels ${many}`}`;

function renames(text: string): Renames {
  try {
    return RenamesDocument.parse(JSON.parse(text));
  } catch {
    throw new InvalidArgumentError('It looks like {"sentiment": {"neg": "negative"}}.');
  }
}

const write = () =>
  command("write", "the newest version in another program's form, on stdout")
    .addOption(
      new Option("--form <form>", "own, meganno or codebook (Fannotate)")
        .choices(schemaForms)
        .default("own" as const),
    )
    .action((options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const { document, createdAt } = await client.schemas.get({ project });
        const { json, left } = writeSchema(document, options.form, { dataset: project, createdAt });
        for (const what of left) remark(`left out: ${what}`);
        process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
      }),
    );

const describe = ({ version, document, createdAt, createdBy }: SchemaVersion): string =>
  [
    `version ${version}, ${createdAt.slice(0, 16).replace("T", " ")} by ${createdBy}`,
    ...document.labels.flatMap((label) => [
      `\n${label.name} (${kindWords(label)})${label.description ? `: ${label.description}` : ""}`,
      ...(isChoice(label) ? [optionTable(label.options)] : []),
    ]),
    "",
  ].join("\n");

const optionTable = (options: readonly LabelOption[]): string =>
  table(
    [
      { title: "  value" },
      { title: "text" },
      { title: "description", width: 70 },
      { title: "colour" },
    ],
    options.map((option) => [
      `  ${option.value}`,
      option.text,
      option.description ?? "",
      option.colour ?? "",
    ]),
  ).trimEnd();

/** What a version changed, a line each. */
const changesOf = ({ changes }: { readonly changes: readonly SchemaChange[] }): string =>
  changes.length === 0 ? "" : `\nchanged:\n${changes.map(({ what }) => `  ${what}\n`).join("")}`;

const show = () =>
  command("show", "the newest version").action((options) =>
    connected(options, async ({ client }) => {
      const schema = await client.schemas.get({ project: await projectOf(client, options) });
      print(options, schema, describe);
    }),
  );

const history = () =>
  command("history", "all versions, newest first").action((options) =>
    connected(options, async ({ client }) => {
      const { items } = await client.schemas.history({ project: await projectOf(client, options) });
      print(options, items, () =>
        items.length === 0
          ? "No schema yet. Store one: countersign schema set FILE\n"
          : items.map((item) => `${describe(item)}${changesOf(item)}`).join("\n"),
      );
    }),
  );

export const schema = () =>
  group("schema", "what is asked of every record")
    .addCommand(set())
    .addCommand(show())
    .addCommand(write())
    .addCommand(history());
