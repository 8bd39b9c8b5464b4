import { isAtRest, type Job } from "@countersign/core";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { oneJob } from "./queries.ts";

/** A job as it is now and, while it moves, as it goes on. `lost`: the connection over which it was followed is gone. */
export function useJob(project: string, id: number): UseQueryResult<Job> & { lost: unknown } {
  const client = useClient();
  const queries = useQueryClient();
  const job = useQuery(oneJob(client, project, id));
  const [lost, setLost] = useState<unknown>();
  const moves = job.data !== undefined && !isAtRest(job.data.state);

  useEffect(() => {
    if (!moves) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const { queryKey } = oneJob(client, project, id);
    const follow = async () => {
      setLost(undefined);
      for await (const next of client.jobs.watch({ project, job: id }, { signal }))
        queries.setQueryData(queryKey, next);
      // Its labels are there now: what was fetched meanwhile is old.
      if (!signal.aborted) await queries.invalidateQueries({ queryKey: [project] });
    };
    follow().catch(setLost);
    return () => leaving.abort();
  }, [moves, client, queries, project, id]);

  return { ...job, lost };
}
