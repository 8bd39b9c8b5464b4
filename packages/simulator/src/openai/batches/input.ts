import { z } from "zod";
import type { BatchRequest } from "../../batches/batch.ts";

/** What keeps a batch from beginning. `line` is the input file's, from 1. */
export interface InputError {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  readonly param: string | null;
}

/** What a batch is to do, or, where there are errors, why it fails before it begins. */
export interface BatchInput {
  readonly requests: readonly BatchRequest[];
  readonly errors: readonly InputError[];
}

const mostRequests = 50_000;
const mostErrors = 100;

const Line = z.object({
  custom_id: z.string().min(1),
  method: z.literal("POST"),
  url: z.string(),
  body: z.looseObject({ model: z.string() }),
});
type Line = z.infer<typeof Line>;

/**
 * Reads an input file: all of it is right, or nothing of it is done. Whether a body is a request that its endpoint
 * understands is only seen when the line has its turn.
 */
export function readBatchInput(
  content: string,
  endpoint: string,
  models: readonly string[],
): BatchInput {
  const lines = content
    .split("\n")
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text.trim() !== "");
  if (lines.length === 0) return ofWhole("empty_file", "The batch input file is empty.");
  if (lines.length > mostRequests)
    return ofWhole(
      "too_many_tasks",
      `The batch input file has ${lines.length} requests; at most ${mostRequests} are allowed.`,
    );

  const requests: BatchRequest[] = [];
  const errors: InputError[] = [];
  const known = new Set<string>();
  let model: string | undefined;
  for (const { text, line } of lines) {
    const read = readLine(text);
    const error = "code" in read ? read : mistake(read, { endpoint, models, known, model });
    if (error) errors.push({ ...error, line });
    if ("code" in read) continue;
    model ??= read.body.model;
    known.add(read.custom_id);
    requests.push({ customId: read.custom_id, body: read.body });
  }
  return { requests: errors.length > 0 ? [] : requests, errors: errors.slice(0, mostErrors) };
}

const ofWhole = (code: string, message: string): BatchInput => ({
  errors: [{ code, message, line: null, param: null }],
  requests: [],
});

type Mistake = Omit<InputError, "line">;

function readLine(text: string): Line | Mistake {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const message = "This line is not parseable as valid JSON.";
    return { code: "invalid_json_line", message, param: null };
  }
  const line = Line.safeParse(json);
  if (line.success) return line.data;
  const param = line.error.issues[0]?.path.join(".") ?? "";
  const message = `Missing or wrong parameter: '${param}'.`;
  return { code: "missing_required_parameter", message, param };
}

function mistake(
  line: Line,
  batch: {
    readonly endpoint: string;
    readonly models: readonly string[];
    readonly known: ReadonlySet<string>;
    readonly model: string | undefined;
  },
): Mistake | undefined {
  if (line.url !== batch.endpoint)
    return {
      code: "url_mismatch",
      message: `The url '${line.url}' does not match the batch's endpoint '${batch.endpoint}'.`,
      param: "url",
    };
  if (batch.known.has(line.custom_id))
    return {
      code: "duplicate_custom_id",
      message: `The custom_id '${line.custom_id}' stands in this file more than once.`,
      param: "custom_id",
    };
  if (!batch.models.includes(line.body.model))
    return {
      code: "model_not_found",
      message: `The provided model '${line.body.model}' is not supported by the Batch API.`,
      param: "body.model",
    };
  if (batch.model !== undefined && line.body.model !== batch.model)
    return {
      code: "model_mismatch",
      message: `The batch's requests name several models, '${batch.model}' and '${line.body.model}'.`,
      param: "body.model",
    };
  return undefined;
}
