import { drawnKey } from "./keys.ts";
import type { Command } from "./registry.ts";

/** A command's keys as they are drawn. */
export function Keys({ keys = [], keysDrawn }: Pick<Command, "keys" | "keysDrawn">) {
  if (keysDrawn) return <kbd>{keysDrawn}</kbd>;
  return keys.map((key, index) => (
    <span key={key}>
      {index > 0 && " "}
      <kbd>{drawnKey(key)}</kbd>
    </span>
  ));
}
