import {
  anySpan,
  isStars,
  type LabelValue,
  labelStudioText,
  type SpanValue,
  spanFactName,
} from "@countersign/core";
import type { Frame } from "./frame.ts";
import type { ExportedLabel, LabelledRow } from "./snapshot.ts";

interface Region {
  readonly id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly type: "choices" | "rating" | "number" | "textarea" | "labels";
  readonly value: object;
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
  { key, content, kind, turns, metadata, source, labels }: LabelledRow,
  frame: Frame,
): string {
  const data = { [labelStudioText]: content, key };
  const task = {
    annotations: annotationsOf(labels, content, frame),
    predictions: predictionsOf(labels, content, frame),
  };
  const more =
    kind === "text" ? "" : `,"kind":"${kind}"${turns === null ? "" : `,"turns":${turns}`}`;
  const lists = JSON.stringify(task).slice(1);
  return `{"data":${JSON.stringify(data)},"meta":{"metadata":${metadata},"source":${source}${more}},${lists}`;
}

function annotationsOf(labels: readonly ExportedLabel[], content: string, frame: Frame) {
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
        result: [...said.values()].flatMap(({ label, value }) =>
          regions(label, value, content, frame),
        ),
        was_cancelled: false,
        ground_truth: false,
        created_username: person,
      })),
    ...(gold.length === 0
      ? []
      : [
          {
            result: gold.flatMap((label) => regions(label, label.value, content, frame)),
            was_cancelled: false,
            ground_truth: true,
          },
        ]),
  ];
}

function predictionsOf(labels: readonly ExportedLabel[], content: string, frame: Frame) {
  const made = labels.filter((label) => label.annotator.job !== null);
  const brought = labels.filter((label) => label.annotator.kind === "model");
  const predictions = [...Map.groupBy(made, (label) => label.annotator.job ?? 0)]
    .toSorted(([a], [b]) => a - b)
    .map(([job, of]) => {
      const confidences = of.flatMap((label) => label.confidence ?? []);
      const agent = frame.agents.get(job);
      return {
        result: of.flatMap((label) => regions(label, label.value, content, frame)),
        // Label Studio sorts by it: a task is as sure as its least sure label.
        ...(confidences.length > 0 && { score: Math.min(...confidences) }),
        model_version: `${agent?.name ?? "job"} ${(agent?.id ?? String(job)).slice(0, 12)}${of.some((label) => label.simulated) ? " (simulated)" : ""}`,
      };
    });
  // A machine's labels that came with a file have the name that they came with.
  const others = [...Map.groupBy(brought, (label) => label.annotator.name)].map(([name, of]) => {
    const confidences = of.flatMap((label) => label.confidence ?? []);
    return {
      result: of.flatMap((label) => regions(label, label.value, content, frame)),
      ...(confidences.length > 0 && { score: Math.min(...confidences) }),
      model_version: name,
    };
  });
  return [...predictions, ...others];
}

/** A label as Label Studio's controls hold it: one region, of spans one a span and one for what is said of it. */
function regions(label: ExportedLabel, value: LabelValue, content: string, frame: Frame): Region[] {
  const definition = frame.definitions[frame.names.indexOf(label.name)];
  const about = {
    id: `label-${label.id}`,
    from_name: label.name,
    to_name: labelStudioText,
    ...(label.confidence !== null && value === label.value && { score: label.confidence }),
  };
  if (typeof value === "number")
    return definition && isStars(definition)
      ? [{ ...about, type: "rating", value: { rating: value } }]
      : [{ ...about, type: "number", value: { number: value } }];
  if (definition?.level === "span" && Array.isArray(value))
    return value.flatMap((span, at) =>
      typeof span === "object"
        ? spanRegions(
            { ...about, id: `${about.id}-${at}` },
            span,
            content,
            definition.kind === "text",
          )
        : [],
    );
  const words = [value].flat().filter((one) => typeof one === "string");
  if (definition?.kind === "text") return [{ ...about, type: "textarea", value: { text: words } }];
  if (definition?.kind === "ranking")
    return [{ ...about, type: "textarea", value: { text: [words.join(" > ")] } }];
  return [{ ...about, type: "choices", value: { choices: words } }];
}

/** Label Studio counts offsets as we do, in UTF-16 units. */
function spanRegions(
  about: Omit<Region, "type" | "value">,
  { start, end, value }: SpanValue,
  content: string,
  isText: boolean,
): Region[] {
  const place = { start, end, text: content.slice(start, end) };
  const labels = (of: readonly string[]): Region => ({
    ...about,
    type: "labels",
    value: { ...place, labels: of },
  });
  if (typeof value === "number")
    return [
      labels([anySpan]),
      {
        ...about,
        from_name: spanFactName(about.from_name),
        type: "number",
        value: { ...place, number: value },
      },
    ];
  if (isText && typeof value === "string")
    return [
      labels([anySpan]),
      {
        ...about,
        from_name: spanFactName(about.from_name),
        type: "textarea",
        value: { ...place, text: [value] },
      },
    ];
  return [labels([value].flat())];
}
