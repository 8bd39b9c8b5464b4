/**
 * How a text from a file is quoted in a message: short, on one line, and with nothing in it that moves a terminal's
 * cursor or turns the line around.
 */
export function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/gu, "\u00b7");
  return `“${line.length > 60 ? `${line.slice(0, 60).toWellFormed()}…` : line}”`;
}

/** The same in SQL, of an expression that holds no control characters. */
export const quotedSql = (text: string): string =>
  `('“' || regexp_replace(regexp_replace(${text},
    '[\\u061C\\u200E\\u200F\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]', '·', 'g'),
    '^(.{60}).+$', '\\1…') || '”')`;
