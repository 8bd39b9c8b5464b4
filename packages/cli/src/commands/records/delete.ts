import { connected, projectOf } from "../../connection.ts";
import { follow, lostInWords } from "../../deleting.ts";
import { counted } from "../../figures.ts";
import { conditionOf, filtered } from "../../filter.ts";
import { UsageError } from "../../usage.ts";

export const deleteRecords = () =>
  filtered("delete", "delete records with all their labels and verdicts, for good")
    .option("--all", "every record of the project")
    .option("--yes", "really")
    .option("--no-wait", "start it and return at once")
    .action(async (options) => {
      const chosen = conditionOf(options);
      if (chosen === undefined && !options.all)
        throw new UsageError("Which records? Say so with --key, --keyword, --where …, or --all.");
      if (chosen !== undefined && options.all)
        throw new UsageError("--all and a choice of records exclude each other.");
      const where = chosen ?? { all: [] };
      await connected(options, async (connection) => {
        const { client } = connection;
        const project = await projectOf(client, options);
        if (!options.yes) {
          const lost = await client.deletions.preview({ project, where });
          throw new UsageError(
            `${lostInWords(lost)} of ${project} would go. Deleting cannot be undone; add --yes to do it.`,
          );
        }
        const begun = await client.records.remove({ project, where });
        const { records, ...lost } = begun.lost;
        await follow(
          connection,
          options,
          { ...begun, lost: { ...lost, records: 0 } },
          counted(records, "record"),
        );
      });
    });
