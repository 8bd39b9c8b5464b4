import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Agents of a project in the shape that the outside sees. */
export const selectAgents = (db: Kysely<Database>, projectId: number) =>
  db
    .selectFrom("agents")
    .where("agents.project_id", "=", projectId)
    .select([
      "agents.id",
      "agents.name",
      "agents.content",
      "agents.created_at as createdAt",
      "agents.created_by as createdBy",
      sql<number[]>`(select coalesce(json_agg(jobs.id order by jobs.id desc), '[]') from jobs
        where jobs.project_id = agents.project_id and jobs.agent_id = agents.id and not jobs.deleted)`.as(
        "jobs",
      ),
    ]);
