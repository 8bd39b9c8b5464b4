import { command } from "../command.ts";
import { connected } from "../connection.ts";
import { count, counted } from "../figures.ts";
import { print, remark } from "../output.ts";
import { bytesOf } from "./records/import.ts";
import { writeFile } from "./records/written.ts";

/** A backup holds every text and every hash of a token: it is nobody else's to read. */
const ownersOnly = 0o600;

export const backup = () =>
  command("backup", "write everything into one file, while the server goes on")
    .argument("<file>", "where to; - is stdout")
    .action((file, options) =>
      connected(options, async ({ client }) => {
        const out = file === "-" ? undefined : file;
        const bytes = await writeFile(await client.backups.download(), out, ownersOnly);
        if (out === undefined) return;
        if (options.json) print(options, { file: out, bytes }, () => "");
        else remark(`Wrote ${out} (${count(bytes)} bytes).`);
      }),
    );

export const restore = () =>
  command("restore", "bring a backup into an empty database: all of it, or nothing")
    .argument("<file>", "what `countersign backup` wrote; - reads stdin")
    .action(async (file, options) => {
      const bytes = await bytesOf(file);
      await connected(options, async ({ client }) => {
        const report = await client.backups.restore({ file: bytes });
        print(
          options,
          report,
          ({ projects, records, labels, madeBy, madeAt, migrated, pausedJobs }) =>
            [
              `Restored ${counted(projects, "project")} with ${counted(records, "record")} and ${counted(labels, "label")}, as of ${madeAt}.`,
              ...(migrated.length > 0
                ? [`Version ${madeBy} made it; it was brought to this one's schema.`]
                : []),
              ...(pausedJobs.length > 0
                ? [
                    `Paused, because they were running then: job ${pausedJobs.join(", ")}. Go on with: countersign job resume ID`,
                  ]
                : []),
              "",
            ].join("\n"),
        );
      });
    });
