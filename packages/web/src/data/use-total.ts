import type { Condition, Count } from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { recordCount } from "../jobs/run/queries.ts";

export interface Total {
  /** How many records match; null while they are counted. */
  readonly total: Count | null;
  /** Where that is an estimate: counts them to the last. */
  readonly countExactly: (() => void) | undefined;
}

/** How many records match: as the first page counted them, or exactly once that is asked for. */
export function useTotal(
  project: string,
  where: Condition | undefined,
  found: Count | null,
): Total {
  const [wanted, setWanted] = useState<string>();
  const asked = JSON.stringify([project, where]);
  const exact = useQuery({
    ...recordCount(useClient(), project, where),
    enabled: wanted === asked,
  });
  if (wanted === asked && exact.data !== undefined)
    return { total: { n: exact.data, exact: true }, countExactly: undefined };
  return {
    total: found,
    countExactly: found && !found.exact && wanted !== asked ? () => setWanted(asked) : undefined,
  };
}
