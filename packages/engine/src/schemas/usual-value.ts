import { type LabelDefinition, optionsOf, rankedLength } from "@countersign/core";

/** What a value of the label looks like, as what to do next. */
export function usualValue(definition: LabelDefinition | undefined): string {
  if (!definition) return "Give a value of the schema.";
  const options = optionsOf(definition)
    .slice(0, 20)
    .map((option) => `“${option.value}”`)
    .join(", ");
  if (definition.level === "span")
    return `Give a list of spans within the text: [{"start": 0, "end": 4, "value": …}]${options === "" ? "" : `, values out of ${options}`}.`;
  switch (definition.kind) {
    case "single":
      return `Give one of ${options}.`;
    case "multiple":
      return `Give a list of values out of ${options}.`;
    case "ranking":
      return `Give ${rankedLength(definition)} of these in order, none twice: ${options}.`;
    case "number": {
      const { min, max, step } = definition;
      const bounds = [
        min === undefined ? "" : ` from ${min}`,
        max === undefined ? "" : ` to ${max}`,
        step === undefined ? "" : ` in steps of ${step}`,
      ].join("");
      return `Give a number${bounds}.`;
    }
    case "text":
      return `Give a text of at most ${definition.maxLength} characters.`;
  }
}
