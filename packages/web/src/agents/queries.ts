import type { Countersign, NewAgent } from "@countersign/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AgentsSearch } from "./search.ts";

/** The newest agents, of which there may be a choice. */
export const agentList = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "agents"],
    queryFn: async ({ signal }) =>
      (await client.agents.list({ project, limit: 1000 }, { signal })).items,
  });

/** What a list of agents is narrowed down to. */
export type AgentFilter = Pick<AgentsSearch, "provider" | "model" | "creator">;

/** The agents of this kind, however many there are of others, newest first, page by page. */
export const agentPages = (
  client: Countersign,
  project: string,
  { provider, model, creator }: AgentFilter,
) =>
  infiniteQueryOptions({
    queryKey: [project, "agents", "of", provider, model, creator],
    queryFn: ({ pageParam, signal }) =>
      client.agents.list(
        {
          project,
          limit: 100,
          ...(provider !== undefined && { provider }),
          ...(model !== undefined && { model }),
          ...(creator !== undefined && { creator }),
          ...(pageParam !== undefined && { after: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** One agent, by its id. */
export const oneAgent = (client: Countersign, project: string, agent: string) =>
  queryOptions({
    queryKey: [project, "agents", "one", agent],
    queryFn: ({ signal }) => client.agents.get({ project, agent }, { signal }),
  });

/** The prompts an agent would send for the records with these keys, or for the first ones. */
export function promptPreview(client: Countersign, project: string, agent: NewAgent, keys: string) {
  const named = keys
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  const chosen =
    named.length === 0 ? { records: 3 } : { keys: named, records: Math.min(20, named.length) };
  return queryOptions({
    queryKey: [project, "agents", "preview", agent, chosen],
    queryFn: ({ signal }) => client.agents.preview({ project, agent, ...chosen }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
