/** Characters of English prose a token has, in the tokenizers of today; used until a reply tells better. */
const charactersPerToken = 4;
const memory = 0.05;

/** Guesses how many tokens a call will take, prompt and reply together, from those that were answered. Pure. */
export class CallTokens {
  #perCharacter = 1 / charactersPerToken;
  #heard = false;

  /** @param characters of the prompt */
  guess(characters: number): number {
    return Math.max(1, characters * this.#perCharacter);
  }

  /** A call whose prompt had so many characters took so many tokens. */
  learn(characters: number, tokens: number): void {
    if (characters === 0) return;
    const ratio = tokens / characters;
    this.#perCharacter = this.#heard
      ? this.#perCharacter + memory * (ratio - this.#perCharacter)
      : ratio;
    this.#heard = true;
  }
}
