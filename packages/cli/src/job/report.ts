import type { JobReport, JobSample, ModelCall, ReasonReport } from "@countersign/core";
import { count, counted, money } from "../figures.ts";
import { printable } from "../table.ts";

const widestReply = 160;
const mostLines = 30;

/** Why items have no label with the commonest replies and what to do, then so many items from prompt to label. */
export function describeReport({ reasons, samples }: JobReport, mostSamples: number): string {
  const parts = [
    ...reasons.map(describeReason),
    ...samples.slice(0, mostSamples).map(describeSample),
  ];
  return parts.map((part) => `\n${part.join("\n")}\n`).join("");
}

function describeReason({ reason, says, next, items, looked, groups }: ReasonReport): string[] {
  const among = looked < items ? `, by the first ${count(looked)}` : "";
  return [
    `${says}: ${counted(items, "item")} (${reason})`,
    `  what to do: ${next}`,
    ...groups.flatMap(({ words, items: n, examples }, place) => [
      `  ${count(n)} × ${words ? `“${cut(printable(words))}”` : "(nothing)"}${place === 0 ? among : ""}`,
      ...examples.map(({ record, reply }) => {
        const said = reply === null ? "" : `: ${cut(printable(reply)) || "(an empty reply)"}`;
        return `      record ${cut(printable(record.key))}${said}`;
      }),
    ]),
  ];
}

function describeSample({
  record,
  prompt,
  calls,
  outcome,
  message,
  attempts,
  labels,
}: JobSample): string[] {
  const read = labels.map(
    ({ name, value, confidence, rule }) =>
      `${name} = ${[value].flat().join(", ")}${rule === null ? "" : ` by ${rule}`}${confidence === null ? "" : `, confidence ${confidence.toFixed(2)}`}`,
  );
  return [
    `sample: record ${printable(record.key)}, ${outcome ?? "not asked yet"}${attempts > 1 ? ` after ${count(attempts)} attempts` : ""}`,
    ...(calls.length === 0 ? describePrompt(prompt) : calls.flatMap(describeCall)),
    ...read.map((line) => `  read    ${printable(line)}`),
    ...(message === null ? [] : [`  because ${cut(printable(message))}`]),
  ];
}

const describePrompt = ({ system, user }: JobSample["prompt"]): string[] => [
  ...(system === null ? [] : block("system", system)),
  ...block("user", user),
];

const describeCall = (call: ModelCall): string[] => [
  ...describePrompt(call.prompt),
  ...block(call.refines ? "refined" : "reply", call.reply || "(nothing)"),
  `  took    ${[
    ...(call.inputTokens === null ? [] : [`${count(call.inputTokens)} tokens in`]),
    ...(call.outputTokens === null ? [] : [`${count(call.outputTokens)} out`]),
    `cost ${money(call.cost)}`,
    `${count(Math.round(call.latency))} ms`,
    ...(call.model === null ? [] : [printable(call.model)]),
    ...(call.simulated ? ["simulated"] : []),
  ].join(", ")}`,
];

/** Text as it is, a line a line, its name at the first; a long one is cut and says so. */
function block(name: string, text: string): string[] {
  const lines = text.split(/\r?\n/);
  const shown = lines.slice(0, mostLines);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`… ${counted(more, "more line")}`] : [])].map(
    (line, place) => `  ${(place === 0 ? name : "").padEnd(7)} ${printable(line).trimEnd()}`,
  );
}

const cut = (text: string): string =>
  text.length <= widestReply ? text : `${text.slice(0, widestReply - 1)}…`;
