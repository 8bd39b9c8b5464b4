/**
 * The record to show after a decision: the first after the current one that is still to be judged, and at the end of the
 * queue undefined. Records the server returned come first, because their verdicts are not stored.
 *
 * @param queue ids in the queue's order
 * @param done ids decided or skipped in this session
 */
export function nextRecord(
  queue: readonly number[],
  current: number | undefined,
  done: ReadonlySet<number>,
  returned: readonly number[],
): number | undefined {
  const back = returned.find((record) => record !== current);
  if (back !== undefined) return back;
  const from = current === undefined ? 0 : queue.indexOf(current) + 1;
  for (let at = from; at < queue.length; at++) {
    const record = queue[at];
    if (record !== undefined && !done.has(record)) return record;
  }
  return undefined;
}
