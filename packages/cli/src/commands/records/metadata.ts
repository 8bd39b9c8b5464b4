import { CountersignError } from "@countersign/sdk";
import { command, group } from "../../command.ts";
import { connected, projectOf } from "../../connection.ts";
import { count, counted } from "../../figures.ts";
import { conditionOf, filtered } from "../../filter.ts";
import { type MetadataRow, metadataRows } from "../../metadata-file.ts";
import { print, remark } from "../../output.ts";
import { UsageError } from "../../usage.ts";

/** Records in one request, which is stored whole or not at all. */
const batch = 1000;
/** Characters in one request, so that long vectors come in several. */
const mostCharacters = 4_000_000;

const set = () =>
  command("set", "set metadata of records from a file; other metadata stays")
    .requiredOption("--from <file>", "CSV, TSV or JSONL: the records' keys, and a column a name")
    .option("--key <column>", "the column with the keys", "key")
    .option("--text <column...>", "keep these columns as text, also where they look like numbers")
    .addHelpText(
      "after",
      "\nNumbers, true, false and lists of numbers ([0.1, 0.2]) are read as such; an empty cell sets nothing.",
    )
    .action((options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const totals = { rows: 0, changed: 0, unchanged: 0 };
        const file = { path: options.from, key: options.key, text: options.text ?? [] };
        for await (const rows of batches(metadataRows(file))) {
          const entries = rows.map(({ key, set }) => ({ record: key, set }));
          const stored = await client.records
            .setMetadata({ project, entries })
            .catch((error: unknown) => {
              if (error instanceof CountersignError && totals.rows > 0)
                remark(
                  `The ${counted(totals.rows, "row")} before line ${rows[0]?.line} are set; it does no harm to set them again.`,
                );
              throw error;
            });
          totals.rows += rows.length;
          totals.changed += stored.changed;
          totals.unchanged += stored.unchanged;
          if (totals.rows % (10 * batch) === 0) remark(`${count(totals.rows)} rows …`);
        }
        print(
          options,
          totals,
          ({ changed, unchanged }) =>
            `Set metadata of ${counted(changed, "record")}${unchanged > 0 ? `; ${count(unchanged)} had it already` : ""}.\n`,
        );
      }),
    );

async function* batches(rows: AsyncIterable<MetadataRow>): AsyncGenerator<MetadataRow[], void> {
  let some: MetadataRow[] = [];
  let size = 0;
  for await (const row of rows) {
    const more = JSON.stringify(row).length;
    if (some.length === batch || (some.length > 0 && size + more > mostCharacters)) {
      yield some;
      some = [];
      size = 0;
    }
    some.push(row);
    size += more;
  }
  if (some.length > 0) yield some;
}

const remove = () =>
  filtered("remove", "take metadata away from records")
    .argument("<name...>", "names of metadata")
    .option("--yes", "really")
    .action(async (names, options) => {
      const where = conditionOf(options);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        if (!options.yes)
          throw new UsageError(
            `This takes ${names.join(", ")} away from ${where ? "the records that match" : "every record"} of ${project}, for good; add --yes to do it.`,
          );
        const done = await client.records.removeMetadata({
          project,
          names,
          ...(where && { where }),
        });
        print(options, done, ({ changed }) => `Removed from ${counted(changed, "record")}.\n`);
      });
    });

export const metadata = () =>
  group("metadata", "set and remove metadata of records").addCommand(set()).addCommand(remove());
