import type { LabelCondition, LabelDefinition } from "@countersign/core";

/**
 * What is asked of a label that is to say any of some options: to be one of them where it is one option, to say one among
 * others or of a span, to rank it first.
 */
export function saying(
  definition: LabelDefinition | undefined,
  options: readonly string[],
): Pick<LabelCondition, "value" | "says"> {
  if (!definition || isOneOption(definition)) return { value: [...options] };
  return { says: definition.kind === "ranking" ? { first: [...options] } : { any: [...options] } };
}

/** What stands before the options that are asked for: “is negative”, “says price”, “begins with price”. */
export const sayingWord = (definition: LabelDefinition): string =>
  isOneOption(definition) ? "is" : definition.kind === "ranking" ? "begins with" : "says";

const isOneOption = ({ kind, level }: LabelDefinition): boolean =>
  kind === "single" && level === "record";
