import { shortHash } from "../../calls.ts";
import type { WireReply } from "../../simulation/dialect.ts";
import { openai } from "../dialect.ts";

export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: "batch" | "batch_output";
  readonly content: string;
  /** Milliseconds since 1970; so the next. */
  readonly createdAt: number;
  /** Told to who asks; nothing is deleted then. */
  readonly expiresAt: number;
}

const thirtyDays = 30 * 24 * 60 * 60_000;

/** What was uploaded for batches and what they gave, in memory. */
export class Files {
  readonly #files = new Map<string, StoredFile>();
  #added = 0;

  add(
    file: Pick<StoredFile, "filename" | "purpose" | "content">,
    now: number,
    keepMs = thirtyDays,
  ): StoredFile {
    this.#added += 1;
    const id = `file-${shortHash(`${now}:${this.#added}`)}`;
    const stored = { ...file, id, createdAt: now, expiresAt: now + keepMs };
    this.#files.set(id, stored);
    return stored;
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  /** `GET /v1/files/{id}` */
  described(id: string): WireReply {
    const file = this.#files.get(id);
    return file ? { status: 200, body: fileBody(file) } : noSuchFile(id);
  }

  /** `GET /v1/files/{id}/content` */
  content(id: string): WireReply {
    const file = this.#files.get(id);
    return file
      ? { status: 200, body: file.content, type: "application/octet-stream" }
      : noSuchFile(id);
  }

  /** `DELETE /v1/files/{id}` */
  delete(id: string): WireReply {
    return this.#files.delete(id)
      ? { status: 200, body: JSON.stringify({ id, object: "file", deleted: true }) }
      : noSuchFile(id);
  }
}

export const noSuchFile = (id: string): WireReply => openai.notFound(`No such File object: ${id}`);

export const fileBody = (file: StoredFile): string =>
  JSON.stringify({
    id: file.id,
    object: "file",
    bytes: Buffer.byteLength(file.content),
    created_at: Math.floor(file.createdAt / 1000),
    expires_at: Math.floor(file.expiresAt / 1000),
    filename: file.filename,
    purpose: file.purpose,
    status: "processed",
    status_details: null,
  });
