import { useSyncExternalStore } from "react";
import type { Desk } from "./desk.ts";
import type { Session } from "./session.ts";

/** What `select` takes from the session now. It must take what is there and build nothing. */
export const useSession = <Part>(desk: Desk, select: (session: Session) => Part): Part =>
  useSyncExternalStore(desk.session.subscribe, () => select(desk.session.get()));
