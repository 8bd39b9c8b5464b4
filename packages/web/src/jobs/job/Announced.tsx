import { useEffect, useRef, useState } from "react";

export interface AnnouncedProps {
  readonly words: string;
  /** A change of this is said at once. */
  readonly now: string;
}

/** Numbers move many times a second; who listens is told every so many milliseconds. */
const every = 10_000;

/** Says words aloud to those who listen, politely and not at every change. */
export function Announced({ words, now }: AnnouncedProps) {
  const latest = useRef(words);
  latest.current = words;
  const [said, setSaid] = useState("");
  useEffect(() => {
    setSaid(now === "" ? "" : latest.current);
    const timer = setInterval(() => setSaid(latest.current), every);
    return () => clearInterval(timer);
  }, [now]);
  return (
    <p className="spoken" aria-live="polite">
      {said}
    </p>
  );
}
