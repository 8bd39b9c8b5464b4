/** A stretch of time in its two largest units: “4.2 s”, “3 min 20 s”, “2 h 5 min”. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** How long ago, in its largest unit: “2 hours ago”, “yesterday”, “just now”. */
export function ago(moment: Date, now: Date): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  for (const [unit, length] of units)
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  return "just now";
}

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** The moment itself, in the reader's time zone: “3 May 2026, 14:05:09”. */
export const exactly = (moment: Date): string => exact.format(moment);

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const withSeconds = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const withDay = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
});

/** When, by the reader's clock: “14:05:09” within the hour, “14:05” within the day, “Fri 27 Nov, 14:05” beyond. */
export function clock(moment: Date, now: Date): string {
  const within = Math.abs(moment.getTime() - now.getTime()) / 1000;
  if (within < 3600) return withSeconds.format(moment);
  if (moment.toDateString() === now.toDateString()) return time.format(moment);
  return `${withDay.format(moment).replace(",", "")}, ${time.format(moment)}`;
}
