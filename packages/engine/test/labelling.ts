import {
  type Agent,
  isAtRest,
  type Job,
  type JobSettings,
  type JobState,
  SchemaDocument,
} from "@countersign/core";
import { type Actor, agents, type Engine, jobs, projects, schemas } from "@countersign/engine";
import { given } from "../../../test/given.ts";

export const ann: Actor = { name: "ann", how: "local" };

export const settings: JobSettings = { concurrency: 16, maxAttempts: 6, timeoutSeconds: 30 };

const tone = SchemaDocument.parse({
  labels: [
    {
      name: "tone",
      options: [
        { value: "good", text: "good" },
        { value: "bad", text: "bad" },
      ],
    },
  ],
});

/** A project with a schema of one label, `tone`, and so many records. */
export async function labellingProject(
  engine: Engine,
  project: string,
  texts: readonly string[],
  schema: SchemaDocument = tone,
): Promise<void> {
  given(await projects.create(engine, ann, { name: project }));
  given(await schemas.set(engine, ann, { project, document: schema }));
  await addRecords(engine, project, texts);
}

/** Adds records with these texts, keyed by number. */
export async function addRecords(
  engine: Engine,
  project: string,
  texts: readonly string[],
): Promise<void> {
  const { id } = await engine.db
    .selectFrom("projects")
    .select("id")
    .where("name", "=", project)
    .executeTakeFirstOrThrow();
  for (let from = 0; from < texts.length; from += 1000)
    await engine.db
      .insertInto("records")
      .values(
        texts.slice(from, from + 1000).map((content, index) => ({
          project_id: id,
          key: `k${from + index}`,
          content,
          source: "{}",
          metadata: "{}",
          created_by: "ann",
        })),
      )
      .execute();
}

export const texts = (n: number): string[] => Array.from({ length: n }, (_, i) => `text ${i}.`);

/** An agent that asks the provider at an address. */
export async function agentAt(
  engine: Engine,
  project: string,
  baseUrl: string,
  more: { keyVariable?: string; name?: string } = {},
): Promise<Agent> {
  const { name, keyVariable } = more;
  return given(
    await agents.create(engine, ann, {
      project,
      name,
      model: {
        provider: "openai-compatible",
        model: "test-model",
        baseUrl,
        ...(keyVariable === undefined ? {} : { keyVariable }),
      },
      parameters: { temperature: 0, topLogprobs: 5 },
      prompt: {},
    }),
  );
}

export const runJob = async (
  engine: Engine,
  project: string,
  agent: Agent,
  changed: Partial<JobSettings> = {},
): Promise<Job> =>
  given(
    await jobs.run(engine, ann, {
      project,
      agent: agent.id,
      settings: { ...settings, ...changed },
    }),
  );

/** Waits until a job is at rest, or in the state named. */
export async function untilAtRest(
  engine: Engine,
  project: string,
  job: number,
  state?: JobState,
): Promise<Job> {
  const stop = new AbortController();
  const watched = given(await jobs.watch(engine, { project, job }, stop.signal));
  for await (const seen of watched)
    if (state === undefined ? isAtRest(seen.state) : seen.state === state) {
      stop.abort();
      return seen;
    }
  throw new Error(`job ${job} ended otherwise`);
}

/** Waits until something holds, looking often. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
