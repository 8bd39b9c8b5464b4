import type { rehearsals } from "@countersign/engine";
import type { SizedDecision } from "@countersign/simulator";

/** What a job's worker would see of what the simulator decided. */
export function actOf(decision: SizedDecision): rehearsals.ProviderAct {
  const { outcome, delivery, afterMs, headers } = decision;
  switch (delivery.kind) {
    case "silence":
      return { kind: "silence" };
    case "reset":
      return { kind: "broken", afterMs };
    case "cut":
      return { kind: "unreadable", afterMs };
    case "whole":
      break;
  }
  if (outcome === "malformed" || outcome === "empty") return { kind: "unreadable", afterMs };
  const { status, body } = delivery;
  if (status !== 200) return { kind: "error", afterMs, status, headers, body };
  const { inputTokens, outputTokens } = decision;
  const declined = outcome === "refusal";
  return { kind: "reply", afterMs, inputTokens, outputTokens, headers, declined };
}
