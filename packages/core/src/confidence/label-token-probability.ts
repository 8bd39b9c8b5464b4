import type { Span } from "../extraction/reading.ts";
import type { LabelValue } from "../label/label.ts";
import type { LabelDefinition } from "../schema/schema.ts";
import { type Alignment, align, type PlacedToken } from "./align.ts";
import { type Bytes, utf8 } from "./bytes.ts";
import { beginning, fits, type Spelling, spellingsOf } from "./spelling.ts";
import type { TokenLogprob } from "./token.ts";

/** A label with the reply it was read from. */
export interface TokenEvidence {
  readonly tokens: readonly TokenLogprob[];
  /** The reply's text, as the spans count it. */
  readonly reply: string;
  /** Where the options' words stand: one span an option, as the extraction gives them. */
  readonly spans: readonly Span[];
  readonly definition: LabelDefinition;
  readonly value: LabelValue;
}

/**
 * The probability of the label's own tokens, normalised over the label set; for a multiple choice that of its least
 * probable option. In [0, 1]; null where it cannot be measured: no tokens, tokens that are not this reply's, no option
 * chosen.
 *
 * At each token of the option, the alternatives that would have written another option stand against those that go on
 * writing this one; the shares are multiplied (the chain rule, over the tokens at which options part). So prefixes,
 * quotes, case and explanations do not weigh, and mass on other spellings of the same option counts for it, which is
 * what plain token probabilities get wrong (Holtzman et al. 2021, “Surface form competition”; normalising over the label
 * set follows Zhao et al. 2021, “Calibrate before use”). Mass known to fit no option, or to decide nothing yet, is left
 * out. Mass that is not known, below the alternatives a provider shows, stands against the option: without alternatives
 * the result is the token's own probability, and the more are shown, the nearer it comes to the normalised one. From the
 * token on at which no other option is possible, nothing is left to be decided.
 *
 * A number written by digit tokens is weighed against the other numbers of its scale. Texts, spans, rankings and numbers
 * of endless scales are not measured: their tokens' probability says how likely these words are, not how likely it is
 * that they are right.
 */
export function labelTokenProbability(evidence: TokenEvidence): number | null {
  const { tokens, reply, spans, definition, value } = evidence;
  if (tokens.length === 0 || spans.length === 0) return null;
  const bytes = utf8(reply);
  const alignment = align(tokens, bytes);
  if (!alignment) return null;

  const values = measuredValues(definition, value);
  const spellings = spellingsOf(definition);
  if (!values || spellings.length === 0) return null;
  const rivals = spellings.filter(({ option }) => !values.includes(option.value));
  let least = 1;
  for (const [index, [from, to]] of spans.entries()) {
    const own = spellings.filter(({ option }) => option.value === values[index]);
    const start = utf8(reply.slice(0, from)).length;
    const end = start + utf8(reply.slice(from, to)).length;
    const written: Written = { alignment, bytes, start, end, own, rivals };
    const probability = spanProbability(written);
    if (probability === null) return null;
    least = Math.min(least, probability);
  }
  return least;
}

/** The answers to be weighed, as they are spelled; `undefined` where the label's kind is not measured. */
function measuredValues(
  { kind, level }: LabelDefinition,
  value: LabelValue,
): readonly string[] | undefined {
  if (level === "span" || kind === "text" || kind === "ranking") return undefined;
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** One option where it stands in a reply. */
interface Written {
  readonly alignment: Alignment;
  readonly bytes: Bytes;
  readonly start: number;
  readonly end: number;
  readonly own: readonly Spelling[];
  readonly rivals: readonly Spelling[];
}

function spanProbability(written: Written): number | null {
  const { alignment, bytes, start, end } = written;
  const placed = alignment.tokens.filter((token) => token.end > token.start);
  const first = placed.findIndex((token) => token.end > start);
  const after = placed.findIndex((token) => token.start >= end);
  const within = placed.slice(first, after < 0 ? undefined : after);
  if (within.length === 0 || (within[0]?.start ?? 0) > start) return null;
  let probability = 1;
  for (const token of within) {
    const before = bytes.slice(start, Math.max(start, token.start));
    if (before !== "" && !mayBecomeRival(written, before)) break;
    probability *= shareAt(written, token, before, goesOn);
  }
  const next = placed[after];
  const whole = bytes.slice(start, end);
  if (next?.start === end && mayBecomeRival(written, whole))
    probability *= shareAt(written, next, whole, endsHere);
  return Number.isNaN(probability) ? null : probability;
}

const mayBecomeRival = ({ rivals }: Written, before: Bytes): boolean => {
  const begun = beginning(before);
  return rivals.some((rival) => rival.bytes.startsWith(begun));
};

/** What an alternative token would have written: this option, another, or nothing that decides. */
type Verdict = "own" | "rival" | "neither";

/** Within the option's words an alternative counts for what it alone can become. */
const goesOn = (own: boolean, rival: boolean): Verdict =>
  own === rival ? "neither" : own ? "own" : "rival";

/** After the option's last word everything that does not make a longer option of it lets it stand. */
const endsHere = (own: boolean, rival: boolean): Verdict =>
  !rival ? "own" : own ? "neither" : "rival";

/** The share of a token's probability among all that decides at its place: what goes on the same way, and what does not. */
function shareAt(
  { alignment, start, own, rivals }: Written,
  { token, start: tokenStart }: PlacedToken,
  before: Bytes,
  judge: (own: boolean, rival: boolean) => Verdict,
): number {
  const lead = (alignment.bytesOf(token.token) ?? "").slice(0, Math.max(0, start - tokenStart));
  const mass: Record<Verdict | "unseen", number> = { own: 0, rival: 0, neither: 0, unseen: 0 };
  const count = (verdict: Verdict | "unseen", logprob: number): void => {
    mass[verdict] += Math.min(1, Math.exp(logprob));
  };
  count("own", token.logprob);
  for (const alternative of token.top) {
    if (alternative.token === token.token) continue;
    const bytes = alignment.bytesOf(alternative.token);
    if (bytes === undefined) count("unseen", alternative.logprob);
    else {
      const begun = beginning(before + (bytes.startsWith(lead) ? bytes.slice(lead.length) : bytes));
      const judged = judge(
        own.some((spelling) => fits(begun, spelling)),
        rivals.some((spelling) => fits(begun, spelling)),
      );
      count(judged, alternative.logprob);
    }
  }
  const shown = mass.own + mass.rival + mass.neither + mass.unseen;
  const against = mass.rival + mass.unseen + Math.max(0, 1 - shown);
  return mass.own === 0 ? 0 : mass.own / (mass.own + against);
}
