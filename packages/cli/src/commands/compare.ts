import type { Evaluation, KindMeasures } from "@countersign/core";
import { command } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count, share } from "../figures.ts";
import { wholeNumber } from "../filter.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";

export const compare = () =>
  command("compare", "measure the labels of a job, a person or a model against the truth")
    .option("--job <id>", "the job whose labels are measured", wholeNumber)
    .option("--of <name>", "measure this person's own labels, not a job's")
    .option("--of-model <name>", "measure the labels of this model, which came with a file")
    .option("--label <name>", "which label, where there are several")
    .option("--gold <column>", "an imported column with the truth; the gold labels if left out")
    .option("--person <name>", "measure against this person's own labels instead")
    .action((options) => {
      const { job, of: person, ofModel: model } = options;
      if ([job, person, model].filter((one) => one !== undefined).length !== 1)
        throw new UsageError("Whose labels? Say --job ID, --of PERSON or --of-model NAME.");
      return connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const evaluation = await client.evaluations.compare({
          project,
          ...(job !== undefined && { job }),
          ...(person !== undefined && { of: { person } }),
          ...(model !== undefined && { of: { model } }),
          ...(options.label !== undefined && { label: options.label }),
          ...(options.gold !== undefined && { gold: options.gold }),
          ...(options.person !== undefined && { person: options.person }),
        });
        print(options, evaluation, describe);
      });
    });

const whose = (of: Evaluation["of"]): string =>
  "job" in of ? `job ${of.job}` : "person" in of ? of.person : "model" in of ? of.model : "gold";

const figure = (value: number | null): string => (value === null ? "–" : value.toFixed(3));

function describe(evaluation: Evaluation): string {
  const { accuracy, coverage, kappa, macroF1, classes, examples, unknownGold } = evaluation;
  return [
    `label ${evaluation.label}, ${whose(evaluation.of)}`,
    `accuracy  ${share(accuracy)}: ${count(accuracy.hits)} of ${count(accuracy.n)} labels equal gold`,
    `coverage  ${share(coverage)}: ${count(coverage.hits)} of ${count(coverage.n)} records with gold have a label`,
    ...(classes.length > 0
      ? [`kappa     ${figure(kappa)}, macro F1 ${figure(macroF1)}; intervals are Wilson 95 %`]
      : []),
    ...measured(evaluation.measures),
    "",
    ...(classes.length === 0
      ? []
      : [
          table(
            [
              { title: "class", width: 40 },
              { title: "precision" },
              { title: "recall" },
              { title: "F1", align: "right" },
              { title: "gold", align: "right" },
              { title: "predicted", align: "right" },
            ],
            classes.map((measures) => [
              measures.value,
              share(measures.precision),
              share(measures.recall),
              figure(measures.f1),
              count(measures.gold),
              count(measures.predicted),
            ]),
          ),
          confusion(evaluation),
        ]),
    ...(examples === 0
      ? []
      : [
          `Not counted, because the prompt shows them as examples with their answers: ${count(examples)} records\n`,
        ]),
    ...(unknownGold.length === 0
      ? []
      : [
          `Not counted, because they are no value of the label: ${unknownGold.map(({ value, n }) => `“${value}” (${count(n)})`).join(", ")}\n`,
        ]),
  ].join("\n");
}

/** How near the labels are, where more than right and wrong is to be told. */
function measured(measures: KindMeasures | null): string[] {
  switch (measures?.kind) {
    case "number":
      return [
        `error     ${figure(measures.meanAbsoluteError)} on average, absolute`,
        ...(measures.withinStep
          ? [`near      ${share(measures.withinStep)}: at most one step from gold`]
          : []),
      ];
    case "ranking":
      return [`tau       ${figure(measures.kendallTau)}: Kendall's tau-b, mean over the records`];
    case "text":
      return [
        `ROUGE F1  1: ${figure(measures.rouge1)}, 2: ${figure(measures.rouge2)}, L: ${figure(measures.rougeL)}; means over the records`,
      ];
    case "span": {
      const line = (name: string, { f1, precision, recall }: (typeof measures)["exact"]) =>
        `${name.padEnd(9)} F1 ${figure(f1)}, precision ${share(precision)}, recall ${share(recall)}`;
      return [
        line("exact", measures.exact),
        line("overlap", measures.overlap),
        ...measures.options.map(
          ({ value, exact, overlap }) =>
            `  ${value}: F1 ${figure(exact.f1)} exact, ${figure(overlap.f1)} overlapping`,
        ),
      ];
    }
    default:
      return [];
  }
}

/** Rows are gold, columns what was said; the last column is where there is no label. */
function confusion({ confusion: pairs, classes }: Evaluation): string {
  const missing = pairs.some((pair) => pair.predicted === null);
  const columns = [...classes.map((measures) => measures.value), ...(missing ? [null] : [])];
  return table(
    [
      { title: "gold ↓  label →", width: 24 },
      ...columns.map((value) => ({
        title: value ?? "no label",
        align: "right" as const,
        width: 16,
      })),
    ],
    classes.map((row) => [
      row.value,
      ...columns.map((column) =>
        count(pairs.find((pair) => pair.gold === row.value && pair.predicted === column)?.n ?? 0),
      ),
    ]),
  );
}
