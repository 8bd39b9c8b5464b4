import { z } from "zod";
import type { LabelValue, SpanValue } from "../label/label.ts";
import { type LabelDefinition, optionsOf } from "../schema/schema.ts";
import { kendallTau } from "./kendall.ts";
import { rouge } from "./rouge.ts";
import { Share } from "./share.ts";
import { countSpans, type SpanCounts } from "./span-matching.ts";
import { wilson } from "./wilson.ts";

const mean = z.number().nullable();

const NumberMeasures = z.object({
  kind: z.literal("number"),
  withinStep: Share.nullable().meta({
    description: "Labels at most one step from gold; null where the scale has no steps",
  }),
  meanAbsoluteError: mean,
});
const RankingMeasures = z.object({
  kind: z.literal("ranking"),
  kendallTau: mean.meta({ description: "Mean over the records of Kendall's tau-b, −1 to 1" }),
});
const TextMeasures = z.object({
  kind: z.literal("text"),
  rouge1: mean.meta({ description: "Mean over the records of ROUGE-1 as F1" }),
  rouge2: mean.meta({ description: "Mean over the records of ROUGE-2 as F1" }),
  rougeL: mean.meta({ description: "Mean over the records of ROUGE-L as F1" }),
});
const SpanScore = z
  .object({ precision: Share, recall: Share, f1: z.number().nullable() })
  .meta({ id: "SpanScore" });
const SpanMeasures = z.object({
  kind: z.literal("span"),
  exact: SpanScore.meta({ description: "Spans that begin, end and are the same" }),
  overlap: SpanScore.meta({ description: "Spans of one option that share a character" }),
  options: z
    .array(z.object({ value: z.string(), exact: SpanScore, overlap: SpanScore }))
    .meta({ description: "By option; numbers and texts on spans have none" }),
});

/** How near a job's labels are to the truth where more than right and wrong is to be told. Of the labelled records. */
export const KindMeasures = z
  .discriminatedUnion("kind", [NumberMeasures, RankingMeasures, TextMeasures, SpanMeasures])
  .meta({ id: "KindMeasures" });
export type KindMeasures = z.infer<typeof KindMeasures>;

/** Measures being taken, pair by pair, in memory that does not grow with their number. */
export interface Measuring {
  add(gold: LabelValue, predicted: LabelValue): void;
  result(): KindMeasures;
}

/** Begins to measure labels of a kind; `undefined` for choices of the record, which are right or wrong. */
export function measuring(definition: LabelDefinition): Measuring | undefined {
  if (definition.level === "span") return measuringSpans(definition);
  switch (definition.kind) {
    case "number":
      return measuringNumbers(definition.step);
    case "ranking":
      return measuringRankings(definition);
    case "text":
      return measuringTexts();
    default:
      return undefined;
  }
}

/** How far beside a step binary fractions may lie. */
const rounding = 1e-9;

function measuringNumbers(step: number | undefined): Measuring {
  let [n, near, distance] = [0, 0, 0];
  return {
    add(gold, predicted) {
      if (typeof gold !== "number" || typeof predicted !== "number") return;
      const apart = Math.abs(gold - predicted);
      n++;
      distance += apart;
      if (step !== undefined && apart <= step * (1 + rounding)) near++;
    },
    result: () => ({
      kind: "number",
      withinStep: step === undefined ? null : wilson(near, n),
      meanAbsoluteError: n === 0 ? null : distance / n,
    }),
  };
}

function measuringRankings(definition: LabelDefinition): Measuring {
  const options = optionsOf(definition).map(({ value }) => value);
  let [n, sum] = [0, 0];
  return {
    add(gold, predicted) {
      n++;
      sum += kendallTau(strings(gold), strings(predicted), options);
    },
    result: () => ({ kind: "ranking", kendallTau: n === 0 ? null : sum / n }),
  };
}

function measuringTexts(): Measuring {
  let n = 0;
  const sum = { rouge1: 0, rouge2: 0, rougeL: 0 };
  return {
    add(gold, predicted) {
      const scores = rouge(String(gold), String(predicted));
      n++;
      for (const name of ["rouge1", "rouge2", "rougeL"] as const) sum[name] += scores[name];
    },
    result: () => ({
      kind: "text",
      rouge1: n === 0 ? null : sum.rouge1 / n,
      rouge2: n === 0 ? null : sum.rouge2 / n,
      rougeL: n === 0 ? null : sum.rougeL / n,
    }),
  };
}

function measuringSpans(definition: LabelDefinition): Measuring {
  const totals = new Map<string, SpanCounts>();
  const options = optionsOf(definition).map(({ value }) => value);
  return {
    add(gold, predicted) {
      countSpans(spans(gold), spans(predicted), totals, options.length > 0);
    },
    result() {
      const all: SpanCounts = { gold: 0, predicted: 0, exact: 0, overlap: 0 };
      for (const counts of totals.values())
        for (const name of ["gold", "predicted", "exact", "overlap"] as const)
          all[name] += counts[name];
      const named = options.map((value) => ({ value, ...scores(totals.get(value)) }));
      return { kind: "span", ...scores(all), options: named };
    },
  };
}

function scores(counts: SpanCounts = { gold: 0, predicted: 0, exact: 0, overlap: 0 }) {
  const score = (hits: number) => ({
    precision: wilson(hits, counts.predicted),
    recall: wilson(hits, counts.gold),
    f1: counts.gold + counts.predicted === 0 ? null : (2 * hits) / (counts.gold + counts.predicted),
  });
  return { exact: score(counts.exact), overlap: score(counts.overlap) };
}

const strings = (value: LabelValue): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

const spans = (value: LabelValue): SpanValue[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "object") : [];
