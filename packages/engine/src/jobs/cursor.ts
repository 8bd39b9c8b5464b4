const most = 2 ** 31 - 1;

/** The number that a page's `next` named; undefined, the list's beginning, for what no page has given. */
export function readCursor(after: string | undefined): number | undefined {
  const number = Number(after);
  return Number.isSafeInteger(number) && number >= 0 && number <= most ? number : undefined;
}
