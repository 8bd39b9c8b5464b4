/** Milliseconds since 1970 that never run back, whatever happens to the machine's clock. */
export const now = (): number => performance.timeOrigin + performance.now();
