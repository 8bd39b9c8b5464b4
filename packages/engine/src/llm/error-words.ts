/** What the body of an error reply says, as far as it can be read. */
export interface ErrorWords {
  readonly message?: string;
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  /** A moderation service names what it objected to (OpenRouter's `metadata.reasons`). */
  readonly flagged: boolean;
}

const longestMessage = 1000;

/**
 * Reads an error body in the forms that are about: `{error: {message, code, type, param}}` (OpenAI, Azure, OpenRouter),
 * `{error: "…"}` (Ollama), `{message, code, type}` (vLLM, Mistral), `{detail: "…"}` (FastAPI). Anything else says nothing.
 */
export function errorWords(body: string | undefined): ErrorWords {
  const document = parse(body);
  const error = isObject(document) && "error" in document ? document.error : document;
  if (typeof error === "string") return { message: shorten(error), flagged: false };
  if (!isObject(error)) return { flagged: false };
  const metadata = error.metadata;
  return {
    ...named("message", error.message ?? error.detail),
    ...named("code", error.code),
    ...named("type", error.type),
    ...named("param", error.param),
    flagged: isObject(metadata) && Array.isArray(metadata.reasons),
  };
}

function named<Name extends string>(name: Name, value: unknown): { [name in Name]?: string };
function named(name: string, value: unknown): Record<string, string> {
  if (typeof value === "number") return { [name]: String(value) };
  return typeof value === "string" && value !== "" ? { [name]: shorten(value) } : {};
}

const shorten = (text: string) =>
  text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}
