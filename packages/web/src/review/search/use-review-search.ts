import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useLayoutEffect, useRef } from "react";
import type { ReviewSearch } from "./review-search.ts";

export interface ReviewAddress {
  readonly project: string;
  readonly search: ReviewSearch;
  readonly change: ChangeSearch;
}

/** Writes a change into the address bar. A step can be gone back with the browser's button, a trace cannot. */
export type ChangeSearch = (change: Partial<ReviewSearch>, as: "step" | "trace") => void;

/** The review's state as the address bar has it. */
export function useReviewAddress(): ReviewAddress {
  const { project } = useParams({ from: "/p/$project/review" });
  const search = useSearch({ from: "/p/$project/review" });
  const navigate = useNavigate({ from: "/p/$project/review" });
  // A change may come while the one before is still being written: it builds on that, not on what the address says yet.
  const latest = useRef(search);
  useLayoutEffect(() => {
    latest.current = search;
  }, [search]);
  const change = useCallback<ChangeSearch>(
    (change, as) => {
      latest.current = { ...latest.current, ...change };
      navigate({ search: latest.current, replace: as === "trace", resetScroll: false });
    },
    [navigate],
  );
  return { project, search, change };
}
