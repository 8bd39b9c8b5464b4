import type { Logger } from "pino";
import type { Store } from "./store/connection.ts";

/**
 * What every use case works with; opened by `openEngine`. Use cases are called as
 * `projects.create(engine, actor, input)` and end in a `Result`.
 */
export interface Engine extends Store {
  readonly log: Logger;
  /** The server's environment: provider keys and addresses are read from here and go nowhere else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
