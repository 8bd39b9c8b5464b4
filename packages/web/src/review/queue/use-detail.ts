import type { RecordDetail } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import type { Desk } from "../session/desk.ts";
import { known, refreshed } from "../session/session.ts";
import { useSession } from "../session/use-session.ts";
import type { Item } from "./item.ts";

/** A record as the server gave it, and the session's clock when it was asked. */
interface Detail {
  readonly record: RecordDetail;
  readonly asked: number;
}

/** Long enough to be there when its turn comes, short enough to show what others do. */
const freshMs = 10_000;

/** @param standing moment of the verdict the record is known to have, so that a newer one is fetched anew */
const recordDetail = (
  client: Countersign,
  project: string,
  desk: Desk,
  record: number,
  standing: string | undefined,
) =>
  queryOptions({
    queryKey: [project, "records", record, standing ?? null],
    queryFn: async ({ signal }): Promise<Detail> => {
      const asked = desk.session.get().clock;
      return { record: await client.records.get({ project, record }, { signal }), asked };
    },
    staleTime: freshMs,
  });

/**
 * The record in hand with the history of its verdicts; what others did meanwhile goes into the session. The records after
 * it are fetched ahead.
 */
export function useDetail(
  project: string,
  desk: Desk,
  item: Item | undefined,
  ahead: readonly Item[],
): RecordDetail | undefined {
  const client = useClient();
  const queries = useQueryClient();
  const standing = useSession(desk, (session) => item && known(session, item.label).verified?.at);
  const { data } = useQuery({
    ...recordDetail(client, project, desk, item?.record.id ?? 0, standing),
    enabled: item !== undefined,
    refetchInterval: 2 * freshMs,
  });

  useEffect(() => {
    if (!item || !data) return;
    const labels = data.record.labels.filter(({ id }) => id === item.label.id);
    desk.session.update((session) => refreshed(session, labels, data.asked));
  }, [desk, item, data]);

  useEffect(() => {
    for (const next of ahead) {
      const { verified } = known(desk.session.get(), next.label);
      queries.prefetchQuery(recordDetail(client, project, desk, next.record.id, verified?.at));
    }
  }, [queries, client, project, desk, ahead]);

  return data?.record.id === item?.record.id ? data?.record : undefined;
}
