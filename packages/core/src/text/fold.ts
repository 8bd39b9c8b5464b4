const ascii = /^[\p{ASCII}]*$/u;
/** Characters that are not seen: directional marks, joiners, variation selectors, soft hyphens. */
const unseen = /[\p{Cf}\p{Variation_Selector}]/gu;

/**
 * One form for texts that people and models write alike: compatibility characters unified (Unicode NFKC), lower case,
 * invisible characters dropped, curly apostrophes straightened, the two Greek small sigmas and the dotted i made one.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(unseen, "")
    .replaceAll("’", "'")
    .replaceAll("ς", "σ")
    .replaceAll("i\u0307", "i")
    .normalize("NFKC");
}
