/** Header names in lower case, as `Headers` gives them. */
export type ResponseHeaders = Readonly<Record<string, string | undefined>>;

/**
 * How long a reply asks to be left alone, in milliseconds from `now` (Unix time in milliseconds), or undefined where it
 * does not say. Reads `retry-after-ms` (OpenAI, Azure) before `Retry-After` in seconds or as a date (RFC 9110 § 10.2.3).
 */
export function retryAfterMs(headers: ResponseHeaders, now: number): number | undefined {
  const milliseconds = nonNegative(headers["retry-after-ms"]);
  if (milliseconds !== undefined) return milliseconds;
  const asked = headers["retry-after"]?.trim();
  if (asked === undefined) return undefined;
  const seconds = nonNegative(asked);
  if (seconds !== undefined) return seconds * 1000;
  // Dates have a weekday's name in all three of HTTP's forms; Date.parse would also read "-5" and the like.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(asked)) return undefined;
  const date = Date.parse(asked);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function nonNegative(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
