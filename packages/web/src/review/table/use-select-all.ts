import { useRef, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { itemOf } from "../queue/item.ts";
import type { Filter } from "../search/review-search.ts";
import { type Reviewed, searchDocument } from "../search/search-document.ts";
import { mostAtOnce, type Selected, type Selection } from "./selection.ts";

export interface SelectAll {
  /** How many are found so far; undefined while nothing is looked for. */
  readonly finding: number | undefined;
  readonly error: Error | undefined;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Selects all that match the filter, loaded or not, up to what one act can judge. Of each only what a verdict needs is kept. */
export function useSelectAll(
  project: string,
  reviewed: Reviewed,
  filter: Filter,
  onSelect: (selection: Selection) => void,
): SelectAll {
  const client = useClient();
  const [finding, setFinding] = useState<number>();
  const [error, setError] = useState<Error>();
  const stopper = useRef<AbortController>(undefined);

  const find = async (signal: AbortSignal): Promise<Selection> => {
    const found = new Map<number, Selected>();
    const search = { project, ...searchDocument(reviewed, filter), limit: 1000 };
    for await (const { records } of client.records.pages(search, { signal })) {
      for (const record of records) {
        const item = itemOf(record, reviewed);
        if (item && found.size < mostAtOnce)
          found.set(record.id, { record: record.id, key: record.key, label: item.label });
      }
      setFinding(found.size);
      if (found.size >= mostAtOnce) break;
    }
    return found;
  };

  return {
    finding,
    error,
    async start() {
      stopper.current = new AbortController();
      const { signal } = stopper.current;
      setError(undefined);
      setFinding(0);
      try {
        onSelect(await find(signal));
      } catch (problem) {
        if (!signal.aborted) setError(problem instanceof Error ? problem : new Error(`${problem}`));
      }
      if (!signal.aborted) setFinding(undefined);
    },
    stop() {
      stopper.current?.abort();
      setFinding(undefined);
    },
  };
}
