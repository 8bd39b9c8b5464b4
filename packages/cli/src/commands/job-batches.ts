import { command } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { clock, count } from "../figures.ts";
import { wholeNumber } from "../filter.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";

/** What a job has at its provider, or had, batch by batch. */
export const batches = () =>
  command("batches", "a job's batches at its provider, newest first")
    .argument("<job>", "its number", wholeNumber)
    .action((job, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const all = await Array.fromAsync(client.jobs.allBatches({ project, job }));
        print(options, all, () =>
          all.length === 0
            ? `Job ${job} has no batches. To ask in batches: countersign job run --batch\n`
            : table(
                [
                  { title: "batch", width: 40 },
                  { title: "state" },
                  { title: "requests", align: "right" },
                  { title: "answered", align: "right" },
                  { title: "failed", align: "right" },
                  { title: "submitted" },
                  { title: "ended" },
                  { title: "" },
                ],
                all.map((batch) => [
                  batch.providerId ?? "–",
                  batch.said === null ? batch.state : `${batch.state} (${batch.said})`,
                  count(batch.requests),
                  count(batch.answered),
                  count(batch.failed),
                  batch.submittedAt === null ? "–" : clock(batch.submittedAt),
                  batch.endedAt === null ? "–" : clock(batch.endedAt),
                  batch.message ?? "",
                ]),
              ),
        );
      }),
    );
