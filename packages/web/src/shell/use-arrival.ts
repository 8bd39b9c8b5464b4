import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/**
 * Puts the focus on a page when one arrives at it from another, so that Tab goes on from its top and who listens hears
 * where they are. The first page of a visit leaves the focus to the browser.
 */
export function useArrival(): void {
  const place = useRouterState({
    select: ({ location: { pathname, search } }) =>
      [pathname, "panel" in search && search.panel, "run" in search && search.run].join(" "),
  });
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    document.querySelector("main")?.focus({ preventScroll: true });
  }, [place]);
}
