import {
  type Agent,
  type ModelConfiguration,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectAgents } from "./select.ts";

export interface ListInput {
  readonly project: string;
  readonly limit: number;
  readonly after?: string | undefined;
  readonly provider?: ModelConfiguration["provider"] | undefined;
  /** As its provider calls it. */
  readonly model?: string | undefined;
  /** Who made them. */
  readonly creator?: string | undefined;
}

/** A page of agents, newest first. `next` is the `after` of the page that follows; null on the last. */
export async function list(
  engine: Engine,
  input: ListInput,
): Promise<Result<{ items: Agent[]; next: string | null }, Problem<"project-not-found">>> {
  const { limit, after, provider, model, creator } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const found = await selectAgents(engine.db, project.value.id)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(agents.created_at, agents.id) < (select before.created_at, before.id from agents as before
          where before.project_id = ${project.value.id} and before.id = ${after})`,
      ),
    )
    .$if(provider !== undefined, (query) =>
      query.where(sql<boolean>`agents.content -> 'model' ->> 'provider' = ${provider}`),
    )
    .$if(model !== undefined, (query) =>
      query.where(sql<boolean>`agents.content -> 'model' ->> 'model' = ${model}`),
    )
    .$if(creator !== undefined, (query) => query.where("agents.created_by", "=", creator ?? ""))
    .orderBy("agents.created_at", "desc")
    .orderBy("agents.id", "desc")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit);
  return ok({ items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null });
}
