/** Digits, then the letters that neither view uses or keeps free for flag and note. */
const keys = [..."123456789acdeghilmopqrvwxyz"];

/** The key of the option at `place` in the schema; those beyond the last key are reached by their name. */
export const optionKey = (place: number): string | undefined => keys[place];
