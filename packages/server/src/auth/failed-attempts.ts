/** Failures an address may have within a window before it has to wait. */
const allowed = 20;
const windowMs = 60_000;
/** So many addresses are remembered; the oldest makes way. */
const most = 10_000;

/** Failed tokens by address, over the last minute or two. */
export interface FailedAttempts {
  /** Seconds until this address may try again; 0 where it may now. */
  secondsToWait(address: string): number;
  add(address: string): void;
}

/** @param now milliseconds, from any origin */
export function failedAttempts(now: () => number = Date.now): FailedAttempts {
  const windows = new Map<string, { readonly end: number; failures: number }>();

  const current = (address: string) => {
    const window = windows.get(address);
    return window && window.end > now() ? window : undefined;
  };

  return {
    secondsToWait(address) {
      const window = current(address);
      return window && window.failures >= allowed ? Math.ceil((window.end - now()) / 1000) : 0;
    },

    add(address) {
      const window = current(address);
      if (window) {
        window.failures += 1;
        return;
      }
      windows.delete(address);
      windows.set(address, { end: now() + windowMs, failures: 1 });
      const [oldest] = windows.keys();
      if (windows.size > most && oldest !== undefined) windows.delete(oldest);
    },
  };
}
