/** What the body of an error reply says, as far as it can be read. */
export interface ErrorWords {
  readonly message?: string;
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  /** Google's `ErrorInfo.reason`. */
  readonly reason?: string;
  /** How long Google asks to be left alone, in milliseconds (`RetryInfo.retryDelay`). */
  readonly retryAfterMs?: number;
  /** A moderation service names what it objected to (OpenRouter's `metadata.reasons`). */
  readonly flagged: boolean;
}

const longestMessage = 1000;

/**
 * Reads an error body in the forms that are about: `{error: {message, code, type, param}}` (OpenAI, Azure, Anthropic,
 * OpenRouter), `{error: {message, code, status, details}}` (Google), `{error: "…"}` (Ollama), `{message, code, type}`
 * (vLLM, Mistral), `{detail: "…"}` and `{detail: [{loc, msg}]}` (FastAPI, Mistral). Anything else says nothing.
 */
export function errorWords(body: string | undefined): ErrorWords {
  const document = parse(body);
  const error = isObject(document) && "error" in document ? document.error : document;
  if (typeof error === "string") return { message: shorten(error), flagged: false };
  if (!isObject(error)) return { flagged: false };
  const { message = error.detail, metadata, details } = error;
  return {
    ...named("code", error.code),
    ...named("type", error.type ?? error.status),
    ...named("param", error.param),
    ...(isObject(message) || Array.isArray(message)
      ? objection(isObject(message) ? message.detail : message)
      : named("message", message)),
    ...(Array.isArray(details) && googleDetails(details)),
    flagged: isObject(metadata) && Array.isArray(metadata.reasons),
  };
}

/** The first objection of a list as FastAPI makes it: `loc` is where, the body first, and `msg` what. */
function objection(detail: unknown): Pick<ErrorWords, "message" | "param"> {
  const first: unknown = Array.isArray(detail) ? detail[0] : undefined;
  if (!isObject(first) || typeof first.msg !== "string") return {};
  const param = Array.isArray(first.loc) ? first.loc.slice(1).join(".") : "";
  return { message: shorten(param === "" ? first.msg : `${param}: ${first.msg}`), param };
}

/** Of the details that Google's APIs add to an error (https://cloud.google.com/apis/design/errors), those that decide. */
function googleDetails(details: readonly unknown[]): Pick<ErrorWords, "reason" | "retryAfterMs"> {
  const found = details.filter(isObject);
  const delay = /^(\d+(?:\.\d+)?)s$/.exec(
    found.map(({ retryDelay }) => retryDelay).find((one) => typeof one === "string") ?? "",
  )?.[1];
  return {
    ...named(
      "reason",
      found.map(({ reason }) => reason).find((one) => typeof one === "string"),
    ),
    ...(delay !== undefined && { retryAfterMs: Number(delay) * 1000 }),
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
