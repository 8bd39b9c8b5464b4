import type pg from "pg";
import type { Embedded } from "../llm/embedding-model.ts";
import type { Pricing } from "../llm/prices.ts";
import { writeNumbers } from "../records/vectors/numbers.ts";
import type { Wanted } from "./batches.ts";

/** Under which vectors are stored. */
export interface Place {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
}

const digestOf = "sha256(convert_to(records.content, 'UTF8'))";

/**
 * Stores vectors with the records that still have the text; what the call cost is counted in the same transaction. A
 * record that is just being changed is passed over, and found missing later. Answers with the number of those stored.
 */
export async function store(
  client: pg.Client,
  { id, projectId, name }: Place,
  wanted: readonly Wanted[],
  { vectors, usage, simulated }: Embedded,
  pricing: Pricing,
): Promise<number> {
  const rows = wanted.flatMap(({ digest, records }, place) =>
    records.map((record) => ({ record, digest, numbers: vectors[place] ?? [] })),
  );
  const { rows: stored } = await client.query<{ n: number }>(
    `with mine as (
       update embeddings set tokens = tokens + $6, usd = usd + $7::double precision,
         simulated = simulated or $9
       where id = $1 returning id),
     held as materialized (
       select records.id, fresh.digest, fresh.numbers
       from unnest($3::bigint[], $4::bytea[], $5::bytea[]) as fresh (id, digest, numbers)
       join records on records.id = fresh.id and ${digestOf} = fresh.digest
       for share of records skip locked),
     added as (
       insert into vectors (project_id, name, record_id, numbers, digest)
       select $2, $8, held.id, held.numbers, held.digest from held, mine
       on conflict do nothing returning record_id)
     select count(*) as n from added`,
    [
      id,
      projectId,
      rows.map(({ record }) => record),
      rows.map(({ digest }) => digest),
      rows.map(({ numbers }) => writeNumbers(numbers)),
      usage.inputTokens ?? 0,
      pricing.costOf({ usage, simulated }),
      name,
      simulated,
    ],
  );
  return Number(stored[0]?.n ?? 0);
}

/** Gives records the vectors of others that have the same text. */
export async function copyEqual(
  client: pg.Client,
  { projectId, name }: Place,
  records: readonly number[],
): Promise<void> {
  await client.query(
    `with held as materialized (
       select records.id, ${digestOf} as digest from records
       where id = any($3::bigint[]) for share skip locked)
     insert into vectors (project_id, name, record_id, numbers, digest)
     select $1, $2, held.id, same.numbers, held.digest
     from held cross join lateral (
       select numbers from vectors where project_id = $1 and name = $2
         and vectors.digest = held.digest limit 1) as same
     on conflict do nothing`,
    [projectId, name, records],
  );
}

/** Writes down that a text was refused, and why. */
export async function refuse(
  client: pg.Client,
  { id }: Place,
  { records, digest }: Wanted,
  { reason, message }: { readonly reason: string; readonly message: string },
): Promise<void> {
  await client.query(
    `insert into embedding_refusals (embedding_id, record_id, digest, reason, message)
     select $1, records.id, $3, $4, $5 from records
     where id = any($2::bigint[]) and exists (select from embeddings where id = $1)
     on conflict do nothing`,
    [id, records, digest, reason, message],
  );
}
