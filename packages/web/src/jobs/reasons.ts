/** What a named reason means, and what can be done about it. */
interface Explained {
  readonly says: string;
  readonly next: string;
}

const prompt = "Make the prompt say more plainly what the reply is to look like, and run it again.";
const provider = "Run the job again later; records that have a label are not paid for twice.";

/** Why items have no label, in words. */
const explained: Readonly<Record<string, Explained>> = {
  empty: { says: "The model wrote nothing", next: "Allow more output tokens, or another model." },
  refusal: {
    says: "The model would not answer",
    next: "Label these by hand in review, or try another model.",
  },
  truncated: {
    says: "The reply ends before the answer",
    next: "Allow more output tokens in the agent.",
  },
  "malformed-json": {
    says: "The reply is not the JSON that was asked for",
    next: "Ask for “name: option” lines, which small models keep to more easily.",
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
  timeout: { says: "No answer in time", next: "Allow more seconds a call, or fewer at once." },
  "rate-limited": { says: "The provider’s rate limit", next: provider },
  overloaded: { says: "The provider was overloaded", next: provider },
  "server-error": { says: "The provider failed", next: provider },
  connection: { says: "The connection broke", next: provider },
  "malformed-reply": { says: "The provider’s answer was unreadable", next: provider },
  "content-refused": {
    says: "The provider refused the content",
    next: "Label these by hand, or use a provider with other rules.",
  },
  "prompt-too-long": {
    says: "The prompt is longer than the model takes",
    next: "Use a model with a larger context, or split the texts.",
  },
  "invalid-request": {
    says: "The provider did not take the request",
    next: "Its own words below say what to change in the agent.",
  },
};

/** The reason in words; one that has none is shown as it is named. */
export const explain = (reason: string): Explained =>
  explained[reason] ?? { says: reason.replaceAll("-", " "), next: "The examples say more." };
