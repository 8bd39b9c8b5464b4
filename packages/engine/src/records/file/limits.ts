/** Characters that one cell may hold; more is a file read with the wrong quotes, or no text that anybody can label. */
export const longestCell = 1_000_000;

/** Bytes that one row may hold, which bounds what is in memory at once. */
export const longestRow = 8_000_000;

/** Bytes of a file that has to lie on the disk while it is read, because its parts are read in no order. */
export const longestSpool = 8_000_000_000;

export const mostColumns = 10_000;

const figure = (count: number) => count.toLocaleString("en");

export const tooLongRow = `is longer than ${figure(longestRow)} bytes, the most that a row may have`;
export const notUtf8 =
  "holds bytes that are not UTF-8; name the encoding that the file has, or convert it to UTF-8";

/** Why a file's columns cannot be taken or told apart; undefined where they can. */
export function faultInColumns(
  columns: readonly string[],
): { readonly reason: string; readonly column?: string } | undefined {
  if (columns.length > mostColumns)
    return { reason: `has ${figure(columns.length)} columns; at most ${figure(mostColumns)} fit` };
  const places = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    const fault = faultInCell(column);
    if (fault !== undefined)
      return { reason: `has a bad name for column ${index + 1}: it ${fault}` };
    const earlier = places.get(column);
    if (earlier !== undefined)
      return { column, reason: `is there twice, as columns ${earlier + 1} and ${index + 1}` };
    places.set(column, index);
  }
  return undefined;
}

/** Why a cell cannot be stored; undefined where it can. */
export function faultInCell(cell: string): string | undefined {
  if (cell.length > longestCell)
    return `has ${figure(cell.length)} characters; a cell may have ${figure(longestCell)}`;
  if (cell.includes("\0")) return "holds a NUL byte, which no text may";
  if (!cell.isWellFormed()) return "holds half of a surrogate pair, which is no character";
  return undefined;
}
