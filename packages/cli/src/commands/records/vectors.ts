import { command } from "../../command.ts";
import { connected, projectOf } from "../../connection.ts";
import { counted } from "../../figures.ts";
import { print } from "../../output.ts";

export const vectors = () =>
  command("vectors", "keep lists of numbers in the metadata as vectors, to find similar records by")
    .requiredOption("--metadata <name>", "name of the lists, and of the vectors")
    .action((options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const report = await client.records.vectors({ project, metadata: options.metadata });
        print(
          options,
          report,
          () =>
            `${counted(report.records, "record")} have a vector ${report.name} of ${counted(report.length, "number")}.\nNext: countersign records search --similar-to KEY --similar-by ${report.name}\n`,
        );
      }),
    );
