import type { Export } from "@countersign/core";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count, percent } from "../figures.ts";
import { wholeNumber } from "../filter.ts";
import { print, remark } from "../output.ts";
import { table } from "../table.ts";
import { writeFile } from "./records/written.ts";

const progressOf = ({ state, records: { done, total } }: Export): string =>
  state === "running" && total ? `${state} ${percent(done / total)}` : state;

const list = () =>
  command("list", "files that were written in the background, newest first").action((options) =>
    connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const exports = await Array.fromAsync(client.exports.all({ project }));
      print(options, exports, () =>
        exports.length === 0
          ? "No export. Start one: countersign records export --background\n"
          : table(
              [
                { title: "export", align: "right" },
                { title: "state" },
                { title: "format" },
                { title: "records", align: "right" },
                { title: "bytes", align: "right" },
                { title: "kept until" },
                { title: "by" },
              ],
              exports.map((one) => [
                String(one.id),
                progressOf(one),
                one.options.format,
                count(one.records.done),
                count(one.bytes),
                one.expiresAt?.slice(0, 16).replace("T", " ") ?? "–",
                one.createdBy,
              ]),
            ),
      );
    }),
  );

/** An export in some lines. */
export const describeExport = (project: string, one: Export): string =>
  `${[
    `Export ${one.id} of ${project}: ${progressOf(one)}, ${one.options.format}, ${count(one.records.done)} records, ${count(one.bytes)} bytes.`,
    ...(one.problem ? [[one.problem.what, one.problem.next].filter(Boolean).join(" ")] : []),
    ...(one.state === "done"
      ? [
          `Take it: countersign export download ${one.id} --project ${project}`,
          `It is kept until ${one.expiresAt}.`,
        ]
      : []),
  ].join("\n")}\n`;

const show = () =>
  command("show", "one export and how far it is")
    .argument("<export>", "its number", wholeNumber)
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const one = await client.exports.get({ project, export: id });
        print(options, one, () => describeExport(project, one));
      }),
    );

const download = () =>
  command("download", "take the file of an export that is done")
    .argument("<export>", "its number", wholeNumber)
    .option("--out <file>", "where to; the export's own name if left out, - is stdout")
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const one = await client.exports.get({ project, export: id });
        const stream = await client.exports.file({ project, export: id });
        const out = options.out === "-" ? undefined : (options.out ?? one.filename);
        const bytes = await writeFile(stream, out);
        if (out === undefined) return;
        if (options.json) print(options, { file: out, bytes }, () => "");
        else remark(`Wrote ${out} (${count(bytes)} bytes).`);
      }),
    );

const cancel = () =>
  command("cancel", "stop an export")
    .argument("<export>", "its number", wholeNumber)
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const one = await client.exports.cancel({ project, export: id });
        print(options, one, () => describeExport(project, one));
      }),
    );

const remove = () =>
  command("delete", "have an export's file go now")
    .argument("<export>", "its number", wholeNumber)
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const removed = await client.exports.remove({ project, export: id });
        print(options, removed, () => `Export ${id} goes.\n`);
      }),
    );

export const exportNoun = () =>
  group("export", "files that are written in the background")
    .addCommand(list())
    .addCommand(show())
    .addCommand(download())
    .addCommand(cancel())
    .addCommand(remove());
