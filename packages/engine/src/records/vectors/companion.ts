import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** Vectors of a name that so many or fewer records have are compared one by one, which needs no index. */
export const fewVectors = 20_000;
/** As many entries as pgvector looks at in one search. */
const widestSearch = 1000;

/** What pgvector keeps vectors of a length as, where it can index them: shorter floats from 2,000 numbers on. */
export function kindOf(length: number): string | undefined {
  if (length <= 2000) return `vector(${length})`;
  return length <= 4000 ? `halfvec(${length})` : undefined;
}

/** The table beside `vectors` in which pgvector has those of one name; its rows go with theirs. */
export const companionOf = (embeddingId: number | "") => `countersign_vectors_${embeddingId}`;

/**
 * As pgvector takes it, of length one, so that no number is too large for it; of zeros only where the vector is.
 */
export function literal(numbers: Float32Array): string {
  const norm = Math.hypot(...numbers);
  return `[${Array.from(numbers, (number) => (norm === 0 ? 0 : number / norm)).join(",")}]`;
}

/** Vectors of a name whose companion is there. */
export interface Companion {
  readonly table: string;
  readonly kind: string;
}

/** The companion of a name's vectors, if this database has one. */
export async function findCompanion(
  db: Kysely<Database>,
  projectId: number,
  name: string,
): Promise<Companion | undefined> {
  const { rows } = await sql<Companion>`
    select c.relname as table, format_type(a.atttypid, a.atttypmod) as kind
    from embeddings
    join pg_class c on c.oid = to_regclass(${sql.lit(companionOf(""))} || embeddings.id)
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'v'
    where embeddings.project_id = ${projectId} and embeddings.name = ${name}`.execute(db);
  return rows[0];
}

/**
 * Records whose vectors are probably among the nearest to one, by the index. Undefined where it cannot tell of so many.
 */
export async function nearest(
  db: Kysely<Database>,
  { table, kind }: Companion,
  seed: Float32Array,
  most: number,
): Promise<number[] | undefined> {
  if (most > widestSearch || seed.every((number) => number === 0)) return undefined;
  const width = Math.min(widestSearch, Math.max(100, 2 * most));
  // The setting is known only once pgvector is loaded; both are of this transaction.
  await sql`select set_config('hnsw.ef_search', ${String(width)}, true)`.execute(db);
  const { rows } = await sql<{ id: number }>`
    select record_id as id from ${sql.table(table)}
    order by v <=> ${literal(seed)}::${sql.raw(kind)} limit ${most}`.execute(db);
  return rows.length < most ? undefined : rows.map(({ id }) => id);
}
