import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The prompts and replies that a job's label came from. They never change, but for a job whose replies are read again. */
export const labelReply = (client: Countersign, project: string, label: number) =>
  queryOptions({
    queryKey: [project, "label", label, "reply"],
    queryFn: ({ signal }) => client.labels.reply({ project, label }, { signal }),
    staleTime: 60_000,
  });
