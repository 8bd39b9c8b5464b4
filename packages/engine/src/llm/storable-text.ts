/** Keys shorter than this are placeholders, such as a local server's "none", and ordinary words. */
const shortestKey = 8;

/** Text as Postgres can hold it (no NUL, no half of a surrogate pair) and as it may be seen: without the key. */
export function storableText(text: string, key: string | undefined): string {
  const held = text.replaceAll("\u0000", "\ufffd").toWellFormed();
  return key === undefined || key.length < shortestKey ? held : held.replaceAll(key, "[key]");
}
