/** In whose name something is done. Every change records the name. */
export interface Actor {
  readonly name: string;
  readonly how: "local" | "token";
}
