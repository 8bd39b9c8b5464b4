import { Phrases } from "../text/phrases.ts";
import { type Word, wordsOf } from "../text/words.ts";

/** Turns of phrase with which a model declines to answer, or says that it cannot tell. */
const refusals = new Phrases<true>();
for (const phrase of `
  i cannot; i can't; i can not; i could not; i couldn't; i won't; i will not; i'm unable; i am unable; i'm not able;
  i am not able; i'm sorry; i am sorry; sorry but; i apologize; i apologise; i must decline; i decline; i refuse;
  as an ai; as a language model; as a large language model; language model i; cannot be determined;
  can't be determined; cannot determine; can't determine; cannot answer; can't answer; cannot assist; can't assist;
  unable to; not able to; not possible to; impossible to; not enough information; insufficient information;
  against my guidelines; not comfortable; please provide; can you provide; could you provide; could you please;
  you haven't provided; not provided; no text; more context; more information; lo siento; no puedo; je ne peux pas; je suis désolé; je regrette;
  es tut mir leid; ich kann nicht; ich kann das nicht; ich kann keine; mi dispiace; non posso; sinto muito; desculpe;
  não posso; het spijt me; ik kan niet; jag kan inte; jeg kan ikke; jeg beklager; извините; я не могу; üzgünüm;
  آسف; لا أستطيع; لا يمكنني; माफ़ करें; 抱歉; 对不起; 我无法; 无法回答; 申し訳; できません; お答えできません; 죄송합니다
`.split(";"))
  refusals.add(
    wordsOf(phrase).map((word) => word.folded),
    true,
  );

/**
 * Whether the words decline to answer. Words for which `spare` holds, an option's own, are passed over, so that
 * “cannot be determined” may be an option.
 */
export const refuses = (words: readonly Word[], spare: (index: number) => boolean): boolean =>
  refusals
    .occurrences(words)
    .some(({ first, length }) => !spare(first) || !spare(first + length - 1));
