import { LabelDefinition } from "../src/index.ts";

/** An option: its value and text in one, or both. */
export type Words = string | readonly [value: string, text: string];

const label = (name: string, kind: "single" | "multiple", options: readonly Words[]) =>
  LabelDefinition.parse({
    name,
    kind,
    options: options.map((option) =>
      typeof option === "string"
        ? { value: option, text: option }
        : { value: option[0], text: option[1] },
    ),
  });

export const single = (name: string, ...options: Words[]) => label(name, "single", options);
export const multiple = (name: string, ...options: Words[]) => label(name, "multiple", options);

export const sentiment = single(
  "sentiment",
  ["pos", "positive"],
  ["neg", "negative"],
  ["neu", "neutral"],
);
export const topics = multiple(
  "topics",
  "politics",
  "sports",
  "health, food",
  "science and technology",
);
