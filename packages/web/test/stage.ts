import type { Countersign } from "@countersign/sdk";
import { type Reply, startSimulator } from "@countersign/simulator";

/** A message with its gold sentiment, and what the simulated model says of it. */
export interface Message {
  readonly id: string;
  readonly text: string;
  readonly gold: string;
  readonly said: string;
}

const kinds = [
  ["four hours on the tarmac, no water. “Great” service", "negative", "positive"],
  ["thank you, the crew was lovely", "positive", "positive"],
  ["is there wifi on the flight to Tokyo?", "neutral", "neutral"],
  ["<b>lost my bag</b> again & nobody answers", "negative", "negative"],
] as const;

/** So many messages of four kinds, of which the model gets the first kind wrong. */
export const messages = (count: number): Message[] =>
  Array.from({ length: count }, (_, place) => {
    const [text, gold, said] = kinds[place % kinds.length] ?? kinds[0];
    return { id: `m${place + 1}`, text: `${text} (${place + 1})`, gold, said };
  });

/** A project with a schema for sentiment and these messages, their gold labels included. */
export async function withMessages(
  client: Countersign,
  project: string,
  given: readonly Message[],
): Promise<void> {
  await client.projects.create({ name: project });
  await client.schemas.set({
    project,
    labels: [
      {
        name: "sentiment",
        options: [
          { value: "neg", text: "negative", description: "Complaints, sarcasm included." },
          { value: "neu", text: "neutral" },
          { value: "pos", text: "positive" },
        ],
      },
    ],
  });
  if (given.length === 0) return;
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text", gold: { sentiment: "gold" } },
    file: given.map(({ id, text, gold }) => JSON.stringify({ id, text, gold })).join("\n"),
  });
}

/** Confidence the simulated model has in the message at a place: from 0.5 upwards, different for each of twenty. */
const sureness = (place: number): number => 0.5 + ((place * 7) % 20) / 41;

/** A simulated model that says what the messages' `said` are, each with its own confidence. */
export const startModel = (given: readonly Message[]) =>
  startSimulator({
    port: 0,
    replies: given.map(({ text, said }, place): Reply => {
      const p = sureness(place);
      const other = said === "neutral" ? "positive" : "neutral";
      return {
        match: text,
        reply: said,
        logprobs: [
          {
            token: said,
            logprob: Math.log(p),
            top: [
              { token: said, logprob: Math.log(p) },
              { token: other, logprob: Math.log(1 - p) },
            ],
          },
        ],
      };
    }),
  });

/** Runs an agent of that model over all records and waits for the end; the job's id. */
export async function labelled(
  client: Countersign,
  project: string,
  baseUrl: string,
): Promise<number> {
  const agent = await client.agents.create({
    project,
    name: "small",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl },
  });
  const { id } = await client.jobs.run({ project, agent: agent.id });
  for await (const job of client.jobs.watch({ project, job: id }))
    if (job.state === "paused") throw new Error(job.pause?.what);
  return id;
}
