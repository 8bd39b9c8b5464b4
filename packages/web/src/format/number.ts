import type { Count, Share } from "@countersign/core";

const grouped = new Intl.NumberFormat("en-GB");

/** A whole number with its thousands grouped: 1,204. */
export const count = (n: number): string => grouped.format(n);

/** A count with its noun: “1 record”, “1,204 records”. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

/** A count with its noun that says where it is an estimate: “about 1,204,000 records”. */
export const about = ({ n, exact }: Count, one: string): string =>
  `${exact ? "" : "about "}${counted(n, one)}`;

const oneDecimal = new Intl.NumberFormat("en-GB", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A share of 1 as a percentage: 0.814 is “81.4 %”. */
export const percent = (share: number): string => `${oneDecimal.format(share * 100)} %`;

/** A share of 1 as a whole percentage, rounded down, so that 100 % means all. */
export const wholePercent = (share: number): string => `${Math.floor(share * 100)} %`;

/** A measured share with half the width of its interval: “81.4 % ± 1.9”; a dash where nothing was measured. */
export function measured({ value, low, high }: Share): string {
  if (value === null || low === null || high === null) return "–";
  return `${percent(value)} ± ${oneDecimal.format(((high - low) / 2) * 100)}`;
}

/** The interval itself: “79.4 % to 83.2 %”. */
export const interval = ({ low, high }: Share): string =>
  low === null || high === null ? "nothing measured" : `${percent(low)} to ${percent(high)}`;

/** US dollars; below a cent to two significant digits, so that small jobs do not cost “0.00”. */
export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.01) return `$${amount.toPrecision(2)}`;
  return `$${amount.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A rate: one decimal below ten, whole numbers above. */
export const rate = (perSecond: number): string =>
  perSecond < 10 ? oneDecimal.format(perSecond) : count(Math.round(perSecond));

/** A file's size: “412 bytes”, “38 kB”, “2.3 MB”. */
export function bytes(size: number): string {
  if (size < 1000) return counted(size, "byte");
  const [unit, one] = size < 1e6 ? ["kB", 1e3] : size < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${rate(size / one)} ${unit}`;
}
