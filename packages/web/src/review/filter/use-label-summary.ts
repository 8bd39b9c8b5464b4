import type { LabelSummary } from "@countersign/sdk";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";

/** Whose labels are counted. */
export interface Counted {
  readonly project: string;
  readonly job: number;
  readonly label: string;
}

/**
 * A job's labels of one name, counted; undefined while they are. They are counted anew when a control that shows them is
 * opened, and not all the time, because counting a million labels is work.
 */
export function useLabelSummary({ project, job, label }: Counted): LabelSummary | undefined {
  const client = useClient();
  return useQuery({
    queryKey: [project, "jobs", job, "labels", label],
    queryFn: ({ signal }) => client.jobs.labels({ project, job, label }, { signal }),
    refetchOnWindowFocus: false,
  }).data;
}
