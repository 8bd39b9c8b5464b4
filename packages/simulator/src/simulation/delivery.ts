import type { Answer } from "../replies/reply.ts";
import type { Delivery } from "./decision.ts";
import type { Dialect } from "./dialect.ts";
import type { Draws } from "./draws.ts";
import type { Fault } from "./fault-rule.ts";

const refusal: Answer = {
  reply: "I'm sorry, but I can't help with that request.",
  finishReason: "stop",
};

/**
 * The answers as a fault leaves them: the recorded ones, a refusal, or, for `wrong-label`, one with other words that was
 * recorded for another text. Where every recorded answer reads the same there is no wrong one to give.
 */
export function spoken(
  answers: readonly Answer[],
  fault: Fault | undefined,
  wordings: readonly Answer[],
  draws: Draws,
): readonly Answer[] {
  if (fault === "empty") return [];
  if (fault === "refusal") return answers.map(() => refusal);
  if (fault !== "wrong-label") return answers;
  return answers.map((answer) => {
    const others = wordings.filter((other) => other.reply !== answer.reply);
    return others[Math.floor(draws.wording * others.length)] ?? answer;
  });
}

/** How a fault lets an answer reach the caller. */
export function delivered(
  fault: Fault | undefined,
  completion: string,
  { injected }: Dialect,
): Delivery {
  switch (fault) {
    case undefined:
    case "empty":
    case "refusal":
    case "wrong-label":
      return { kind: "whole", status: 200, body: completion };
    case "malformed":
      return { kind: "whole", status: 200, body: completion.slice(0, completion.length / 2) };
    case "truncated":
      return { kind: "cut", status: 200, body: completion };
    case "reset":
      return { kind: "reset" };
    case "timeout":
      return { kind: "silence" };
    default:
      return { kind: "whole", ...injected[fault] };
  }
}
