import { z } from "zod";
import type { WireReply } from "../../simulation/dialect.ts";
import { openai } from "../dialect.ts";
import { type Files, fileBody } from "./files.ts";

const Upload = z.object({
  purpose: z.literal("batch", "the simulator takes files for batches only: purpose must be batch"),
  file: z.file("a file is required"),
  "expires_after[seconds]": z.coerce.number().int().min(3600).max(2_592_000).optional(),
});

/**
 * `POST /v1/files`
 *
 * @param form what was posted; undefined where it was no form
 */
export async function upload(
  files: Files,
  form: FormData | undefined,
  now: number,
): Promise<WireReply> {
  if (!form) return openai.invalidRequest("The request's body is no multipart form.");
  const fields = Upload.safeParse(Object.fromEntries(form));
  if (!fields.success) return openai.invalidRequest(z.prettifyError(fields.error));
  const { purpose, file, "expires_after[seconds]": seconds } = fields.data;
  if (!file.name.endsWith(".jsonl"))
    return openai.invalidRequest("Invalid file format for Batch API. Must be .jsonl");
  const content = await file.text();
  const stored = files.add(
    { filename: file.name, purpose, content },
    now,
    seconds === undefined ? undefined : seconds * 1000,
  );
  return { status: 200, body: fileBody(stored) };
}
