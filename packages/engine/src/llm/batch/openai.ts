import { err, ok, type Result } from "@countersign/core";
import { z } from "zod";
import type { CallFailure } from "../call-failure.ts";
import type {
  BatchEnding,
  BatchInterface,
  BatchLine,
  BatchStanding,
  LineResult,
  SoughtBatch,
} from "./batch-interface.ts";
import { type Exchange, unreadable } from "./exchange.ts";
import { jsonOf } from "./json-of.ts";

/** The metadata entry that tells our batch from everybody else's. */
const markName = "countersign";

/** Lists are read so far back beyond the moment from which a batch is sought: clocks differ. */
const skewMs = 10 * 60_000;

const Batch = z.object({
  id: z.string(),
  status: z.string(),
  created_at: z.number().nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  request_counts: z.object({ completed: z.number(), failed: z.number() }).nullish(),
  errors: z
    .object({
      data: z.array(
        z.object({
          code: z.string().nullish(),
          message: z.string().nullish(),
          line: z.number().nullish(),
        }),
      ),
    })
    .nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
type Batch = z.infer<typeof Batch>;

const File = z.object({ id: z.string(), status: z.string().nullish() });
const List = z.object({ data: z.array(Batch), has_more: z.boolean().nullish() });

const ResultLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown().optional() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

const endings: Partial<Record<string, BatchEnding>> = {
  completed: "completed",
  expired: "expired",
  cancelled: "cancelled",
};

/** Codes of a batch that was not taken because the account has too much under way already. */
const crowded: ReadonlySet<string> = new Set(["token_limit_exceeded", "rate_limit_exceeded"]);

/** Azure looks through a file before it can be used; between two looks lie so many milliseconds. */
const fileLookEvery = 1000;

/**
 * OpenAI's files and batches, as Azure has them too, and other servers. An input file of lines is uploaded, a batch made
 * of it; what comes of it are two files, of answers and of errors.
 *
 * @param endpoint the path that the lines are for, as `/v1/chat/completions`
 */
export function openaiBatches(exchange: Exchange, endpoint: string): BatchInterface {
  const batch = async (
    method: "GET" | "POST",
    path: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<Result<Batch, CallFailure>> => {
    const sent = body === undefined ? undefined : json(body);
    const answer = await exchange.call(method, path, signal, sent);
    if (!answer.ok) return answer;
    const read = Batch.safeParse(answer.value);
    return read.success ? ok(read.data) : err(unreadable("a batch"));
  };

  return {
    mostLines: 50_000,
    // OpenAI takes 200 MB; one that is built in memory is better smaller.
    mostBytes: 32 * 2 ** 20,

    async submit(mark, lines, uploaded, signal) {
      const file = await upload(exchange, mark, lines, endpoint, signal);
      if (!file.ok) return file;
      await uploaded(file.value);
      const made = await batch("POST", "/batches", signal, {
        input_file_id: file.value,
        endpoint,
        completion_window: "24h",
        metadata: { [markName]: mark },
      });
      return made.ok ? ok(made.value.id) : made;
    },

    async find({ mark, since }: SoughtBatch, signal) {
      for (let after = ""; ; ) {
        const answer = await exchange.call("GET", `/batches?limit=100${after}`, signal);
        if (!answer.ok) return answer;
        const list = List.safeParse(answer.value);
        if (!list.success) return err(unreadable("the batches there are"));
        const { data, has_more } = list.data;
        const found = data.find(({ metadata }) => metadata?.[markName] === mark);
        if (found) return ok({ id: found.id, sure: true });
        const last = data.at(-1);
        const tooOld = (last?.created_at ?? 0) * 1000 < since - skewMs;
        if (!last || !has_more || tooOld) return ok(undefined);
        after = `&after=${encodeURIComponent(last.id)}`;
      }
    },

    async look(id, signal) {
      const answer = await batch("GET", pathOf(id), signal);
      return answer.ok ? ok(standingOf(answer.value)) : answer;
    },

    async results(_id, files, take, signal) {
      for (const file of files) {
        const read = await exchange.lines(
          `/files/${encodeURIComponent(file)}/content`,
          (lines, headers) => take(lines.flatMap(readLine), headers),
          signal,
        );
        if (!read.ok) return read;
      }
      return ok(undefined);
    },

    async cancel(id, signal) {
      const answer = await exchange.call("POST", `${pathOf(id)}/cancel`, signal, json({}));
      return answer.ok ? ok(undefined) : answer;
    },

    async remove(_id, files, signal) {
      for (const file of files) {
        const answer = await exchange.call("DELETE", `/files/${encodeURIComponent(file)}`, signal);
        if (!answer.ok) return answer;
      }
      return ok(undefined);
    },
  };
}

const pathOf = (id: string): string => `/batches/${encodeURIComponent(id)}`;

const json = (body: unknown) => ({ type: "application/json", body: JSON.stringify(body) });

async function upload(
  exchange: Exchange,
  mark: string,
  lines: readonly BatchLine[],
  endpoint: string,
  signal: AbortSignal,
): Promise<Result<string, CallFailure>> {
  const url = JSON.stringify(endpoint);
  // The body is JSON as it stands.
  const content = lines
    .map(
      ({ name, body }) => `{"custom_id":"${name}","method":"POST","url":${url},"body":${body}}\n`,
    )
    .join("");
  // No line holds the mark at its beginning: every line is JSON.
  const boundary = `countersign-${mark}`;
  const part = (disposition: string, type: string, text: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n${type}\r\n${text}\r\n`;
  const form = [
    part('name="purpose"', "", "batch"),
    part(
      `name="file"; filename="countersign-${mark}.jsonl"`,
      "content-type: application/jsonl\r\n",
      content,
    ),
    `--${boundary}--\r\n`,
  ].join("");
  const sent = { type: `multipart/form-data; boundary=${boundary}`, body: form };
  let answer = await exchange.call("POST", "/files", signal, sent);
  for (;;) {
    if (!answer.ok) return answer;
    const file = File.safeParse(answer.value);
    if (!file.success) return err(unreadable("an uploaded file"));
    const { id, status } = file.data;
    if (status !== "pending" && status !== "running") return ok(id);
    await new Promise((resolve) => setTimeout(resolve, fileLookEvery));
    answer = await exchange.call("GET", `/files/${encodeURIComponent(id)}`, signal);
  }
}

function standingOf(batch: Batch): BatchStanding {
  const { status: said, request_counts } = batch;
  const counts = {
    answered: request_counts?.completed ?? 0,
    failed: request_counts?.failed ?? 0,
  };
  const how = endings[said];
  if (how) {
    const results = [batch.output_file_id, batch.error_file_id].filter(
      (id) => typeof id === "string",
    );
    return { kind: "ended", said, how, counts, results };
  }
  if (said !== "failed") return { kind: "under-way", said, counts };
  const errors = batch.errors?.data ?? [];
  const [first] = errors;
  const where = typeof first?.line === "number" ? ` (line ${first.line})` : "";
  return {
    kind: "turned-down",
    said,
    crowded: errors.some(({ code }) => crowded.has(code ?? "")),
    message: first?.message
      ? `${first.message}${where}`
      : "The provider took no line of the batch and did not say why.",
  };
}

const reasons: Partial<Record<string, "batch-expired" | "batch-cancelled">> = {
  batch_expired: "batch-expired",
  batch_cancelled: "batch-cancelled",
};

/** A line that cannot be read is nobody's result; the question it was for counts as not answered. */
function readLine(text: string): LineResult[] {
  const line = ResultLine.safeParse(jsonOf(text));
  if (!line.success) return [];
  const { custom_id: name, response, error } = line.data;
  if (response)
    return [
      { name, kind: "reply", status: response.status_code, body: JSON.stringify(response.body) },
    ];
  const reason = reasons[error?.code ?? ""] ?? "batch-failed";
  const message = error?.message || "The provider has no answer and did not say why.";
  return [{ name, kind: "none", reason, message }];
}
