import type { LabelSummary } from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";
import type { MachineReference } from "../search/search-document.ts";

/** Whose labels are counted. */
export interface Counted {
  readonly project: string;
  readonly by: MachineReference;
  readonly label: string;
}

/**
 * A machine's labels of one name, counted; undefined while they are. They are counted anew when a control that shows them is
 * opened, and not all the time, because counting a million labels is work.
 */
export function useLabelSummary({ project, by, label }: Counted): LabelSummary | undefined {
  const client = useClient();
  return useQuery({
    queryKey: [project, "machines", by, "labels", label],
    queryFn: ({ signal }) =>
      "job" in by
        ? client.jobs.labels({ project, job: by.job, label }, { signal })
        : client.labels.modelSummary({ project, model: by.model, label }, { signal }),
    refetchOnWindowFocus: false,
  }).data;
}
