import type { Share } from "@countersign/core";

const grouped = new Intl.NumberFormat("en-US");

/** 12,345 */
export const count = (n: number): string => grouped.format(n);

/** “1 record”, “2,299 records” */
export const counted = (n: number, noun: string): string =>
  `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

/** 62 % */
export const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** “75.2 % (73.4–76.9)”: a share with its 95 % interval, or – where nothing was counted. */
export const share = ({ value, low, high }: Share): string =>
  value === null || low === null || high === null
    ? "–"
    : `${(value * 100).toFixed(1)} % (${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`;

/** $0.0123, or “unknown” where the model has no known price. */
export const money = (dollars: number | null): string =>
  dollars === null ? "unknown" : `$${dollars.toFixed(dollars > 0 && dollars < 1 ? 4 : 2)}`;

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** A moment by the clock of this machine: “14:05:30”, with its day where it is not today: “Fri, 27 Nov 14:05:30”. */
export function clock(moment: string, now = new Date()): string {
  const at = new Date(moment);
  const isToday = at.toDateString() === now.toDateString();
  return isToday ? time.format(at) : `${day.format(at)} ${time.format(at)}`;
}

/** 8.2 s, 3 min 20 s, 2 h 5 min */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
