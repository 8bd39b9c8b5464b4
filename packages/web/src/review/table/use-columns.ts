import { useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import type { Item } from "../queue/item.ts";

/** The columns that are there only where there is room, and something to put in them. */
export interface Columns {
  readonly others: boolean;
  readonly status: boolean;
}

const atOnce = { getInitialValueInEffect: false };

export function useColumns(items: readonly Item[]): Columns {
  const wide = useMediaQuery("(min-width: 1100px)", true, atOnce);
  const status = useMediaQuery("(min-width: 761px)", true, atOnce);
  const others = useMemo(() => wide && items.some((item) => item.others.length > 0), [wide, items]);
  return useMemo(() => ({ others, status }), [others, status]);
}
