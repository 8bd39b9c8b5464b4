import { xmlReader } from "./xml.ts";

/** Numbers of the forms that show a date or time in every spreadsheet program. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** Whether a form that a workbook defines shows a date: outside quotes, brackets and escapes it has a date's letters. */
export const showsDate = (form: string): boolean =>
  /[dmyhs]/i.test(form.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, "").replace(/general/gi, ""));

/** For each of a workbook's styles, by its number, whether it shows a date. */
export async function dateFormats(part: AsyncIterable<string>): Promise<boolean[]> {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  const write = xmlReader({
    open(name, { numFmtId, formatCode = "" }) {
      const id = Number(numFmtId ?? 0);
      if (name === "numFmt") own.set(id, showsDate(formatCode));
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) styles.push(own.get(id) ?? isBuiltInDate(id));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  for await (const piece of part) write(piece);
  return styles;
}

const day = 86_400_000;

/**
 * The date that a spreadsheet's number stands for, as ISO 8601 writes it: a day, a moment, or below 1 a time alone.
 * `undefined` where it is none.
 */
export function readDate(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465.999_999) return undefined;
  const rounded = Math.round(serial * 86_400) * 1000;
  const start = from1904
    ? Date.UTC(1904, 0, 1)
    : // Day 60 is the 29th of February 1900, which never was; from there on all are one day late.
      Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const moment = new Date(start + rounded).toISOString();
  if (serial < 1) return moment.slice(11, 19);
  return rounded % day === 0 ? moment.slice(0, 10) : moment.slice(0, 19);
}
