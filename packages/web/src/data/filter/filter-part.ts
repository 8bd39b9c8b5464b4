import type { DataSearch } from "../search.ts";

/** What a part of the filter reads and changes. */
export interface FilterPartProps {
  readonly search: DataSearch;
  readonly onChange: (change: Partial<DataSearch>) => void;
}
