import { useEffect, useRef, useState } from "react";

export interface AnnouncedProps {
  /** A change of this is said at once. */
  readonly what: string;
  /** Said after it, as it stands then. */
  readonly how: string;
}

/** Numbers move many times a second; who listens is told every so many milliseconds. */
const every = 10_000;

/** Says words to those who listen, politely and not at every change. */
export function Announced({ what, how }: AnnouncedProps) {
  const latest = useRef(how);
  const [said, setSaid] = useState("");
  useEffect(() => {
    latest.current = how;
  }, [how]);
  useEffect(() => {
    const say = () => setSaid(`${what}, ${latest.current}`);
    say();
    const timer = setInterval(say, every);
    return () => clearInterval(timer);
  }, [what]);
  return (
    <p className="spoken" aria-live="polite">
      {said}
    </p>
  );
}
