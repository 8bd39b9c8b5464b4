import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import type { Item } from "../queue/item.ts";
import type { Reviewed } from "../search/search-document.ts";
import { type Desk, labelsNow } from "../session/desk.ts";
import { refreshed } from "../session/session.ts";

const settledMs = 400;
const everyMs = 15_000;

/** Keeps the rows in view as the server has them: what others verify shows, and no row moves. */
export function useFresh(
  project: string,
  reviewed: Reviewed,
  desk: Desk,
  inView: readonly Item[],
): void {
  const client = useClient();
  const [keys] = useDebouncedValue(
    JSON.stringify(inView.map(({ record }) => record.key)),
    settledMs,
  );
  const { data } = useQuery({
    queryKey: [project, "review", reviewed, "fresh", keys],
    queryFn: async ({ signal }) => {
      const asked = desk.session.get().clock;
      const labels = await labelsNow(client, project, reviewed, JSON.parse(keys), signal);
      return { labels, asked };
    },
    enabled: keys !== "[]",
    staleTime: everyMs / 2,
    gcTime: 0,
    refetchInterval: everyMs,
  });
  useEffect(() => {
    if (data) desk.session.update((session) => refreshed(session, data.labels, data.asked));
  }, [data, desk]);
}
