import type { LabelDefinition, Option } from "../schema/schema.ts";
import { vocabularyOf } from "../schema/vocabulary.ts";
import { keyOf, wordsOf } from "../text/words.ts";

/** Each line one meaning: yes, no, true, false, in languages that models fall into. */
const meanings = [
  "yes; sí; si; oui; ja; sì; sim; tak; да; evet; نعم; हाँ; 是; はい; 예; 네",
  "no; non; nein; não; nee; nej; nei; nie; нет; hayır; لا; नहीं; 否; いいえ; 아니요; 아니오",
  "true; verdadero; cierto; vrai; wahr; richtig; vero; verdadeiro; waar; sant; sandt; prawda; истина; правда; doğru; صحيح; सत्य; 真; 真实; 참",
  "false; falso; faux; falsch; onwaar; falskt; falsk; fałsz; ложь; yanlış; خطأ; असत्य; 假; 虚假; 偽; 거짓",
].map((line) => line.split(";").map((word) => keyOf(wordsOf(word))));

const made = new WeakMap<LabelDefinition, ReadonlyMap<string, Option>>();

/**
 * The words of other languages that mean one of a label's options. Only where the schema has an option of that meaning,
 * and only one; a word that is an option itself never means another.
 */
export function translationsOf(definition: LabelDefinition): ReadonlyMap<string, Option> {
  const known = made.get(definition);
  if (known) return known;
  const { keys } = vocabularyOf(definition);
  const translations = new Map<string, Option>();
  for (const words of meanings) {
    const options = new Set(words.flatMap((word) => keys.get(word) ?? []));
    const [option] = options;
    if (!option || options.size > 1) continue;
    for (const word of words) if (!keys.has(word)) translations.set(word, option);
  }
  made.set(definition, translations);
  return translations;
}
