import type { JobProgress } from "@countersign/core";
import { clock, duration, exactly } from "../../format/time.ts";

/** When the job ends if it goes on so; nothing where that cannot be told. */
export function Ends({ progress }: { readonly progress: JobProgress }) {
  const { secondsLeft, endsAt, remaining } = progress;
  if (secondsLeft === null || endsAt === null || remaining === 0) return null;
  const end = new Date(endsAt);
  return (
    <time dateTime={endsAt} title={exactly(end)}>
      {duration(secondsLeft)} left, until {clock(end, new Date())}
    </time>
  );
}
