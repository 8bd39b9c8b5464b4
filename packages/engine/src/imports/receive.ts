import { err, type Import, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { get, type ImportNotFound, type ImportReference } from "./find.ts";

/** Bytes that one part may have: so much is in memory at once. */
export const longestPart = 16_000_000;

export interface Part extends ImportReference {
  /** Where in the file it begins; it has to follow what is here. */
  readonly offset: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Takes the next part of a file. A part that does not follow what is here is refused, and nothing of it is kept. */
export async function receive(
  engine: Engine,
  { offset, body, ...reference }: Part,
): Promise<
  Result<Import, ImportNotFound | Problem<"import-part-misplaced" | "request-too-large">>
> {
  const found = await get(engine, reference);
  if (!found.ok) return found;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > longestPart)
      return err({
        type: "request-too-large",
        what: `A part may have ${longestPart / 1e6} MB.`,
        kept: `Of the file ${found.value.received} bytes are here.`,
        next: "Send it in smaller parts.",
      });
    chunks.push(chunk);
  }
  await keepPart(engine, reference.import, offset, Buffer.concat(chunks, length));
  const now = await get(engine, reference);
  if (!now.ok || now.value.received === offset + length) return now;
  return err({
    type: "import-part-misplaced",
    what: `The part begins at byte ${offset} and has ${length}; of the file ${now.value.received} of ${now.value.size ?? "unknown"} bytes are here.`,
    kept: "What is here stays; the part was not kept.",
    next: `Go on at byte ${now.value.received}.`,
  });
}

/** Adds bytes to an import's, if they follow what is there; says whether they did. */
export async function keepPart(
  engine: Engine,
  importId: number,
  offset: number,
  bytes: Buffer,
): Promise<boolean> {
  const { rowCount } = await engine.pool.query(
    `with moved as (
       update imports set received = received + $3,
         state = case when received + $3 = size then 'received' else state end
       where id = $1 and state = 'receiving' and received = $2 and received + $3 <= coalesce(size, received + $3)
       returning id)
     insert into import_parts (import_id, at, bytes) select id, $2, $4 from moved where $3 > 0`,
    [importId, offset, bytes.length, bytes],
  );
  return rowCount === 1;
}
