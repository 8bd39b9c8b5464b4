import type { Disagreement } from "@countersign/core";
import { connected, projectOf } from "../connection.ts";
import { count, share } from "../figures.ts";
import { annotator, each } from "../filter/words.ts";
import { conditionOf, filtered } from "../filter.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";

export const disagreement = () =>
  filtered("disagreement", "who disagrees with whom on a label")
    .requiredOption("--on <label>", "the label's name")
    .option(
      "--among <annotator...>",
      "jobs by number, “gold”, “agent:NAME”, “person:NAME”, “model:NAME”; anybody but gold if left out",
      each(annotator),
    )
    .action((options) =>
      connected(options, async ({ client }) => {
        const where = conditionOf(options);
        const found = await client.evaluations.disagreement({
          project: await projectOf(client, options),
          label: options.on,
          ...(options.among && { among: options.among }),
          ...(where && { where }),
        });
        print(options, found, describe);
      }),
    );

function describe({ label, annotators, pairs }: Disagreement): string {
  const names = new Map(annotators.map(({ id, name }) => [id, name]));
  return [
    `label ${label}; intervals are Wilson 95 %`,
    "",
    table(
      [
        { title: "annotator", width: 40 },
        { title: "labels", align: "right" },
      ],
      annotators.map(({ name, labels }) => [name, count(labels)]),
    ),
    table(
      [
        { title: "one", width: 30 },
        { title: "other", width: 30 },
        { title: "in common", align: "right" },
        { title: "differ", align: "right" },
        { title: "agreement" },
        { title: "kappa", align: "right" },
      ],
      pairs.map(({ one, other, agreement, kappa }) => [
        names.get(one) ?? "",
        names.get(other) ?? "",
        count(agreement.n),
        count(agreement.n - agreement.hits),
        share(agreement),
        kappa === null ? "–" : kappa.toFixed(3),
      ]),
    ),
  ].join("\n");
}
