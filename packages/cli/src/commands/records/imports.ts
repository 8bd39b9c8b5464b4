import { Option } from "@commander-js/extra-typings";
import type { Import } from "@countersign/core";
import { InvalidArgumentError } from "commander";
import { command } from "../../command.ts";
import { connected, projectOf } from "../../connection.ts";
import { count, counted } from "../../figures.ts";
import { print, remark } from "../../output.ts";
import { table } from "../../table.ts";
import { writeFile } from "./written.ts";

const shown = 100;

export const imports = () =>
  command("imports", "what was imported, is coming in, or was refused, newest first").action(
    async (options) => {
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const items: Import[] = [];
        for await (const one of client.imports.list({ project })) {
          items.push(one);
          if (items.length === shown) break;
        }
        print(options, { items }, () =>
          table(
            [
              { title: "import", align: "right" },
              { title: "file", width: 40 },
              { title: "state" },
              { title: "what came of it", width: 60 },
              { title: "by", width: 20 },
            ],
            items.map((one) => [String(one.id), one.name, one.state, outcome(one), one.createdBy]),
          ),
        );
      });
    },
  );

function outcome({ state, report, rejected, received, size }: Import): string {
  if (state === "receiving") return `${count(received)} of ${count(size ?? 0)} bytes are here`;
  const parts = [
    ...(report ? [`${counted(report.added, "record")} added`] : []),
    ...(rejected > 0 ? [`${counted(rejected, "row")} not taken`] : []),
  ];
  return parts.join(", ");
}

export const rejections = () =>
  command("rejections", "every row of an import that could not be taken, with its reason")
    .argument("<import>", "its id", (text) => {
      if (!/^\d+$/.test(text))
        throw new InvalidArgumentError("It is a number; records imports shows it.");
      return Number(text);
    })
    .addOption(new Option("--format <format>", "what to write").choices(["csv", "jsonl"] as const))
    .option("--out <file>", "where to; stdout if left out")
    .action(async (id, options) => {
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const { out } = options;
        const format = options.format ?? (out?.toLowerCase().endsWith(".jsonl") ? "jsonl" : "csv");
        await writeFile(await client.imports.rejections({ project, import: id, format }), out);
        if (out !== undefined) remark(`Wrote ${out}.`);
      });
    });
