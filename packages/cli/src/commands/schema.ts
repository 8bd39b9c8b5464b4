import type { SchemaVersion } from "@countersign/core";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { print } from "../output.ts";
import { schemaFile } from "../schema-file.ts";
import { table } from "../table.ts";

const set = () =>
  command("set", "store a new version of the schema; an unchanged one stores nothing")
    .argument("<file>", "JSON: {labels: [{name, options: [{value, text, description?}]}]}")
    .action(async (file, options) => {
      const document = await schemaFile(file);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const stored = await client.schemas.set({ project, ...document });
        print(options, stored, () =>
          stored.changed
            ? `Stored schema version ${stored.version} of ${project}.\n`
            : `Nothing changed: ${project} already has this schema, version ${stored.version}.\n`,
        );
      });
    });

const describe = ({ version, document, createdAt, createdBy }: SchemaVersion): string =>
  [
    `version ${version}, ${createdAt.slice(0, 16).replace("T", " ")} by ${createdBy}`,
    ...document.labels.flatMap((label) => [
      `\n${label.name} (${label.kind} choice)${label.description ? `: ${label.description}` : ""}`,
      table(
        [{ title: "  value" }, { title: "text" }, { title: "description", width: 70 }],
        label.options.map((option) => [`  ${option.value}`, option.text, option.description ?? ""]),
      ).trimEnd(),
    ]),
    "",
  ].join("\n");

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
          : items.map(describe).join("\n"),
      );
    }),
  );

export const schema = () =>
  group("schema", "what is asked of every record")
    .addCommand(set())
    .addCommand(show())
    .addCommand(history());
