import { err } from "@countersign/core";
import type { CallFailure } from "./call-failure.ts";
import { storableText } from "./storable-text.ts";
import { classifyThrown } from "./thrown.ts";

/** How one call to an AI SDK provider ended. */
export type Attempt<Value> =
  | { readonly ok: true; readonly value: Value; readonly latencyMs: number }
  | { readonly ok: false; readonly error: CallFailure };

/** Makes one call, given up after so many milliseconds or when the signal is aborted. It never throws. */
export async function attempt<Value>(
  timeoutMs: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => PromiseLike<Value>,
): Promise<Attempt<Value>> {
  if (signal.aborted) return err({ kind: "aborted" });
  // Not AbortSignal.timeout: its timers live on after the call, a hundred thousand of them in a fast job.
  const controller = new AbortController();
  const abort = () => controller.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, timeoutMs);
  signal.addEventListener("abort", abort, { once: true });
  const start = performance.now();
  try {
    const value = await call(controller.signal);
    return { ok: true, value, latencyMs: performance.now() - start };
  } catch (error) {
    if (late)
      return err({
        kind: "retry",
        reason: "timeout",
        message: `No reply within ${timeoutMs / 1000} seconds.`,
      });
    if (signal.aborted) return err({ kind: "aborted" });
    return err(classifyThrown(error, Date.now()));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

/** A failure whose words hold no key, whatever the provider repeated. */
export const withoutKey = (failure: CallFailure, key: string | undefined): CallFailure =>
  failure.kind === "aborted"
    ? failure
    : { ...failure, message: storableText(failure.message, key) };
