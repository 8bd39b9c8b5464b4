import type { AnnotatorReference, Condition } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export interface AskedDisagreement {
  readonly label: string;
  /** Between whom; anybody but gold if undefined. */
  readonly among: readonly AnnotatorReference[] | undefined;
  readonly where: Condition | undefined;
}

/** Who disagrees with whom on a label. */
export const disagreementOn = (
  client: Countersign,
  project: string,
  { label, among, where }: AskedDisagreement,
) =>
  queryOptions({
    queryKey: [project, "disagreement", label, among, where],
    queryFn: ({ signal }) =>
      client.evaluations.disagreement(
        { project, label, where, ...(among && { among: [...among] }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });
