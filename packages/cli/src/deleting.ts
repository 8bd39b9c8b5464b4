import { setTimeout as wait } from "node:timers/promises";
import type { Deletion, Lost } from "@countersign/core";
import type { CommonOptions } from "./command.ts";
import type { Connection } from "./connection.ts";
import { count, counted, percent } from "./figures.ts";
import { print, remark } from "./output.ts";

/** Between looks at how far it is, in milliseconds. */
const lookEvery = 200;
/** Between lines that tell of it. */
const tellEvery = 2000;

/** What would be lost, in words. */
export function lostInWords({ records, jobs, labels, verifications }: Lost): string {
  const parts = [
    ...(records > 0 ? [counted(records, "record")] : []),
    ...(jobs > 0 ? [counted(jobs, "job")] : []),
    counted(labels, "label"),
    counted(verifications, "verdict"),
  ];
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Waits until a deletion is done, or tells how to see how far it is. */
export async function follow(
  { client, lasting }: Connection,
  options: CommonOptions & { readonly wait: boolean },
  begun: Deletion,
  what: string,
): Promise<void> {
  let deletion = begun;
  let told = performance.now();
  while (options.wait && deletion.state !== "done") {
    await wait(lookEvery);
    deletion = await client.deletions.get({ deletion: begun.id });
    const { done, total } = deletion.progress;
    if (deletion.state === "done" || performance.now() - told < tellEvery) continue;
    told = performance.now();
    remark(`${count(done)}/${count(total)} ${total > 0 ? percent(done / total) : ""}`.trimEnd());
  }
  print(options, deletion, () =>
    deletion.state === "done"
      ? `Deleted ${what} with ${lostInWords(begun.lost)}.\n`
      : `Deleting ${what} with ${lostInWords(begun.lost)}; see how far it is: countersign deletion list\n`,
  );
  if (!options.wait && !lasting && deletion.state !== "done")
    remark("Nothing works on it once this command ends; the next server or worker goes on.");
}
