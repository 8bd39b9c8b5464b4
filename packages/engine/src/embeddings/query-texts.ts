import { type Condition, err, nestedIn, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { embedder } from "../llm/embedding-model.ts";

/** A search does not wait longer for a text's vector, in milliseconds. */
const patienceMs = 8000;

/** What an engine must have for a search to be resolved. */
export type Searching = Pick<Engine, "db" | "environment">;

/**
 * A condition in which each text that is to be compared by vectors has become a vector, by the model that made those of
 * the records. It is asked before the search begins, so that no snapshot is held meanwhile.
 */
export async function withVectors(
  engine: Searching,
  projectId: number,
  where: Condition,
): Promise<Result<Condition, Problem<"search-invalid">>> {
  if ("similar" in where) {
    const { to, by } = where.similar;
    if (!("text" in to) || by === undefined || by === "text") return ok(where);
    const vector = await vectorOf(engine, projectId, by.vector, to.text);
    return vector.ok ? ok({ similar: { ...where.similar, to: { vector: vector.value } } }) : vector;
  }
  if (!("all" in where || "any" in where || "not" in where)) return ok(where);
  const inner: Condition[] = [];
  for (const one of nestedIn(where)) {
    const made = await withVectors(engine, projectId, one);
    if (!made.ok) return made;
    inner.push(made.value);
  }
  return ok("all" in where ? { all: inner } : "any" in where ? { any: inner } : { not: inner });
}

async function vectorOf(
  { db, environment }: Searching,
  projectId: number,
  name: string,
  text: string,
): Promise<Result<number[], Problem<"search-invalid">>> {
  const row = await db
    .selectFrom("embeddings")
    .select(["model", "dimensions"])
    .where("project_id", "=", projectId)
    .where("name", "=", name)
    .executeTakeFirst();
  if (!row)
    return refused(
      `The project has no vectors named “${name}”.`,
      "See those it has: countersign embeddings list",
    );
  if (!row.model)
    return refused(
      `The vectors “${name}” were imported, so no model is known that would make one of a text.`,
      "Name records, give the vector itself, or leave `by` out to compare the texts.",
    );
  const made = await embedder(row.model, row.dimensions, environment).embed(
    [text],
    patienceMs,
    new AbortController().signal,
  );
  const [vector] = made.ok ? made.value.vectors : [];
  if (vector) return ok([...vector]);
  const why = made.ok || made.error.kind === "aborted" ? "" : ` ${made.error.message}`;
  return refused(
    `The model of the vectors “${name}” made no vector of the text.${why}`,
    "Try again, name records, or leave `by` out to compare the texts.",
  );
}

const refused = (what: string, next: string) =>
  err<Problem<"search-invalid">>({ type: "search-invalid", what, next });
