/** One token of a reply with its natural-log probability and the likeliest tokens at its place, as providers give them. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** May hold the token itself. Empty where none were asked for. */
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}
