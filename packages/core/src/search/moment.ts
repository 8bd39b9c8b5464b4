const written =
  /^(?!0000)([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?:[T ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9](?:\.[0-9]{1,9})?))?(?:Z|([+-])([01][0-9]|2[0-3]):?([0-5][0-9]))?)?$/;

/**
 * The moment that a text writes in ISO 8601, in seconds since 1970; undefined where it writes none. A day alone is its
 * first moment; without a zone, UTC is meant. The database's `countersign_moment` says the same of every text.
 */
export function momentOf(text: string): number | undefined {
  const found = written.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, sign, zoneHour, zoneMinute] = found;
  const days = dayNumber(Number(year), Number(month), Number(day));
  if (days === undefined) return undefined;
  const minutes = Number(hour ?? 0) * 60 + Number(minute ?? 0);
  const zone = Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0);
  return (days * 1440 + minutes - (sign === "-" ? -zone : zone)) * 60 + Number(second ?? 0);
}

/** Days since 1970; undefined for a day that its month does not have. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() / 86_400_000 : undefined;
}
