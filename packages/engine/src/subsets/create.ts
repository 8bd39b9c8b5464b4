import { type NewSubset, ok, type Problem, type Result, type Subset } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { checkCondition, inProject, matching, sortKeyOf } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import { keepSubset } from "./keep.ts";

/**
 * Stores a subset: a saved search, which is whatever it finds at the time, or the records that it finds now, in its
 * order. Union, intersection and difference are conditions over other subsets: `any`, `all`, `not`.
 */
export async function create(
  engine: Engine,
  actor: Actor,
  {
    project: name,
    limit,
    ...subset
  }: { readonly project: string; readonly limit?: number | undefined } & Pick<
    NewSubset,
    "name" | "kind" | "where" | "sort"
  >,
): Promise<Result<Subset, Problem<"project-not-found" | "subset-exists" | "search-invalid">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const projectId = project.value.id;
  const { where, sort, kind } = subset;
  const resolved = await checkCondition(engine, project.value, where);
  if (!resolved.ok) return resolved;
  const checked = await sortKeyOf(engine.db, projectId, sort, resolved.value);
  if (!checked.ok) return checked;
  const sortKey = checked.value;

  return keepSubset(engine, actor, projectId, subset, async (db, id) => {
    if (kind === "search") return ok({ size: null, drawing: null });
    return ok({ size: await freeze(db, id), drawing: null });
  });

  async function freeze(db: Kysely<Database>, id: number): Promise<number> {
    const { key, join } = sortKey;
    const [direction, tie] =
      sort.order === "ascending" ? [sql`asc`, sql`records.id`] : [sql`desc`, sql`-records.id`];
    const { numAffectedRows = 0n } = await sql`
      insert into subset_members (subset_id, position, record_id)
      select ${id}, place, id from (
        select records.id, (row_number() over (
          order by ${key} is null, ${key} ${direction},
            case when ${key} is null then records.id else ${tie} end))::int - 1 as place
        from records ${join ? sql`left join ${join}` : sql``}
        where ${inProject({ projectId })} and ${matching({ projectId, where: resolved.ok ? resolved.value : undefined })}
      ) as chosen
      where ${limit === undefined ? sql`true` : sql`place < ${limit}`}`.execute(db);
    return Number(numAffectedRows);
  }
}
