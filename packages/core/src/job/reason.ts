import { z } from "zod";

/**
 * Why an item has no label: what its reply lacks, or how its calls failed. A closed list; scripts match on it. Those that
 * every call would meet, as a wrong key, pause the job and are rarely an item's own.
 */
export const Reason = z
  .enum([
    "empty",
    "refusal",
    "truncated",
    "malformed-json",
    "no-label",
    "unknown-option",
    "negated",
    "ambiguous",
    "not-a-number",
    "several-numbers",
    "unit",
    "wrong-scale",
    "out-of-range",
    "off-step",
    "too-long",
    "incomplete-ranking",
    "repeated-option",
    "quote-not-found",
    "ambiguous-quote",
    "timeout",
    "rate-limited",
    "overloaded",
    "server-error",
    "connection",
    "malformed-reply",
    "content-refused",
    "prompt-too-long",
    "invalid-request",
    "bad-key",
    "access-denied",
    "unknown-model",
    "wrong-address",
    "quota-exhausted",
    "batch-expired",
    "batch-cancelled",
    "batch-failed",
    "batch-gone",
    "internal",
  ])
  .meta({ id: "Reason" });
export type Reason = z.infer<typeof Reason>;

/** A reason in words. */
export interface Explained {
  /** What happened, without a full stop: it stands before a count. */
  readonly says: string;
  /** What a person can do about it, in whole sentences. */
  readonly next: string;
}

const prompt = "Make the prompt say more plainly what the reply is to look like, and run it again.";
const later =
  "Ask for these again when the provider is well (countersign job retry); what is stored is not paid for twice.";

const singly =
  "Ask for these again by single requests, at the full price (countersign job retry); what is stored is kept.";

const explained: Readonly<Record<Reason, Explained>> = {
  empty: {
    says: "The model wrote nothing",
    next: "Allow more output tokens (models that think first use them up), or take another model.",
  },
  refusal: {
    says: "The model would not answer",
    next: "Label these by hand in review, or try another model.",
  },
  truncated: {
    says: "The reply ends before the answer",
    next: "Allow more output tokens in the agent, or ask for the answer alone.",
  },
  "malformed-json": {
    says: "The reply is not the JSON that was asked for",
    next: "Ask for structured replies where the model takes them, else for “name: option” lines, which small models keep to more easily.",
  },
  "no-label": { says: "The reply does not answer", next: prompt },
  "unknown-option": {
    says: "The answer is no option of the schema",
    next: "If it is a fair answer, add it to the schema; if not, describe the options more fully.",
  },
  negated: { says: "The reply only says what it is not", next: prompt },
  ambiguous: {
    says: "The answer fits several options",
    next: "Say in the options’ descriptions how they differ.",
  },
  "not-a-number": { says: "The answer is no plain number", next: prompt },
  "several-numbers": {
    says: "A range, or several numbers",
    next: "Ask for exactly one number, digits only.",
  },
  unit: { says: "A number with a unit", next: "Ask for digits only, without stars, % or words." },
  "wrong-scale": {
    says: "A share of another scale",
    next: "Say in the prompt where the scale begins and ends.",
  },
  "out-of-range": {
    says: "A number beyond the bounds",
    next: "Say in the prompt where the scale begins and ends, or widen it in the schema.",
  },
  "off-step": {
    says: "A number between two steps",
    next: "Ask for whole numbers, or allow smaller steps in the schema.",
  },
  "too-long": {
    says: "A text longer than allowed",
    next: "Ask for a shorter one, or allow more characters in the schema. Texts are never cut.",
  },
  "incomplete-ranking": {
    says: "Not as many options ranked as asked for",
    next: "Ask for every option once, or for the foremost few in the schema.",
  },
  "repeated-option": { says: "An option ranked twice", next: prompt },
  "quote-not-found": {
    says: "A quoted passage that is not in the text",
    next: "Ask for exact quotes. A model that rewrites what it quotes may be too small for this.",
  },
  "ambiguous-quote": {
    says: "A quoted passage that stands in the text several times",
    next: "Ask for the number of the occurrence, or for longer quotes.",
  },
  timeout: {
    says: "No answer in time",
    next: "Allow more seconds a call, or fewer calls at once, and run the agent again.",
  },
  "rate-limited": { says: "The provider’s rate limit", next: later },
  overloaded: { says: "The provider was overloaded", next: later },
  "server-error": { says: "The provider failed", next: later },
  connection: { says: "The connection broke", next: later },
  "malformed-reply": { says: "The provider’s answer was unreadable", next: later },
  "content-refused": {
    says: "The provider refused the content",
    next: "Label these by hand in review, or use a provider with other rules.",
  },
  "prompt-too-long": {
    says: "The prompt is longer than the model takes",
    next: "Use a model with a larger context, a shorter prompt, or split the texts.",
  },
  "invalid-request": {
    says: "The provider did not take the request",
    next: "Its own words say what to change: make an agent without what it objects to.",
  },
  "bad-key": {
    says: "The provider did not accept the key",
    next: "Start the server and its workers with a valid key, and run the agent again.",
  },
  "access-denied": {
    says: "The account may not use the model",
    next: "Let the key’s account use the model, or make an agent with another.",
  },
  "unknown-model": {
    says: "The provider has no such model",
    next: "Make an agent with the model’s name as the provider has it.",
  },
  "wrong-address": {
    says: "No such service at the address",
    next: "Make an agent with the address of the provider’s service.",
  },
  "quota-exhausted": {
    says: "The account’s credit is used up",
    next: "Add to the account’s credit, or wait until it is renewed, and run the agent again.",
  },
  "batch-expired": { says: "The batch expired before the request was answered", next: singly },
  "batch-cancelled": { says: "The batch was cancelled at the provider", next: singly },
  "batch-failed": { says: "The batch has no result for the request", next: singly },
  "batch-gone": { says: "The provider does not know the batch any more", next: singly },
  internal: {
    says: "Countersign failed to read the reply",
    next: "This is a fault of Countersign: please report it. The replies are stored; a version that mends it reads them again at no cost: countersign job re-extract",
  },
};

/** A reason in words, and what to do. One that a worker of another version stored is shown as it is named. */
export function explainReason(reason: string): Explained {
  const known = Reason.safeParse(reason);
  return known.success
    ? explained[known.data]
    : { says: reason.replaceAll("-", " "), next: "The examples say more." };
}
