import { useEffect, useState } from "react";
import { ago, exactly } from "./time.ts";

/** A moment as its distance from now, the exact one on hover. Keeps up with the clock. */
export function When({ at }: { readonly at: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={exactly(moment)}>
      {ago(moment, now)}
    </time>
  );
}
