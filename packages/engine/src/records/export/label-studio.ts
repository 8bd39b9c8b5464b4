import { type LabelValue, labelStudioText } from "@countersign/core";
import type { Frame } from "./frame.ts";
import type { ExportedLabel, LabelledRow } from "./snapshot.ts";

interface Region {
  readonly id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly type: "choices";
  readonly value: { readonly choices: readonly string[] };
  readonly score?: number;
}

/** What somebody says of one label, and when. */
interface Said {
  readonly label: ExportedLabel;
  readonly value: LabelValue;
  readonly at: string;
}

/**
 * A record as a task of Label Studio: what people said as annotations, gold as the annotation that is the ground truth, a
 * job's labels as a prediction. Its model version holds the agent's id, so that another prompt is another version.
 */
export function labelStudioTask(
  { key, content, metadata, source, labels }: LabelledRow,
  frame: Frame,
): string {
  const data = { [labelStudioText]: content, key };
  const task = { annotations: annotationsOf(labels), predictions: predictionsOf(labels, frame) };
  const lists = JSON.stringify(task).slice(1);
  return `{"data":${JSON.stringify(data)},"meta":{"metadata":${metadata},"source":${source}},${lists}`;
}

function annotationsOf(labels: readonly ExportedLabel[]) {
  const people = new Map<string, Map<string, Said>>();
  const say = (person: string, said: Said) => {
    const all = people.get(person) ?? new Map<string, Said>();
    const before = all.get(said.label.name);
    if (!before || said.at >= before.at) all.set(said.label.name, said);
    people.set(person, all);
  };
  for (const label of labels) {
    const { kind, name } = label.annotator;
    if (kind === "person") say(name, { label, value: label.value, at: label.createdAt });
    if (label.verified) {
      const { value, by, at } = label.verified;
      say(by, { label, value, at });
    }
  }
  const gold = labels.filter((label) => label.annotator.kind === "gold");
  return [
    ...[...people]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([person, said]) => ({
        result: [...said.values()].map(({ label, value }) => region(label, value)),
        was_cancelled: false,
        ground_truth: false,
        created_username: person,
      })),
    ...(gold.length === 0
      ? []
      : [
          {
            result: gold.map((label) => region(label, label.value)),
            was_cancelled: false,
            ground_truth: true,
          },
        ]),
  ];
}

function predictionsOf(labels: readonly ExportedLabel[], frame: Frame) {
  const made = labels.filter((label) => label.annotator.job !== null);
  return [...Map.groupBy(made, (label) => label.annotator.job ?? 0)]
    .toSorted(([a], [b]) => a - b)
    .map(([job, of]) => {
      const confidences = of.flatMap((label) => label.confidence ?? []);
      const agent = frame.agents.get(job);
      return {
        result: of.map((label) => region(label, label.value)),
        // Label Studio sorts by it: a task is as sure as its least sure label.
        ...(confidences.length > 0 && { score: Math.min(...confidences) }),
        model_version: `${agent?.name ?? "job"} ${(agent?.id ?? String(job)).slice(0, 12)}${of.some((label) => label.simulated) ? " (simulated)" : ""}`,
      };
    });
}

const region = (label: ExportedLabel, value: LabelValue): Region => ({
  id: `label-${label.id}`,
  from_name: label.name,
  to_name: labelStudioText,
  type: "choices",
  value: { choices: [value].flat() },
  ...(label.confidence !== null && value === label.value && { score: label.confidence }),
});
