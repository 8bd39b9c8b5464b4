/** What no database holds and nobody sees: control characters but for tabs and line feeds, and half characters. */
const unusable = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/** A text with lines ending in a line feed, without characters that cannot be kept, and without white space around it. */
export const plainText = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(unusable, "")
    .trim();
