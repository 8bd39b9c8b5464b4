import type { Engine } from "../engine.ts";

/** An import's bytes, a part at a time. */
export async function* bytesOf(engine: Engine, importId: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const part = await engine.db
      .selectFrom("import_parts")
      .select("bytes")
      .where("import_id", "=", importId)
      .where("at", "=", at)
      .executeTakeFirst();
    if (!part) return;
    yield part.bytes;
    at += part.bytes.length;
  }
}
