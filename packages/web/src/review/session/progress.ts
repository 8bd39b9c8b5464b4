import { count } from "../../format/number.ts";
import type { Act } from "./act.ts";
import { pace } from "./pace.ts";

/** “9 min”, “2 h 5 min”, “less than a minute”. */
function span(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 1) return "less than a minute";
  if (whole < 60) return `${whole} min`;
  return `${Math.floor(whole / 60)} h ${whole % 60} min`;
}

/**
 * Where the person is and how fast it goes: “128 of 412 · 31 a minute · 9 min left”. What is not known is left out.
 *
 * @param place of the record in hand, from 0
 * @param left records of the queue still to be judged
 */
export function progress(
  place: number | undefined,
  total: number | undefined,
  left: number | undefined,
  acts: readonly Act[],
): string {
  const speed = pace(acts.map(({ at }) => at));
  return [
    total !== undefined &&
      total > 0 &&
      (place === undefined ? count(total) : `${count(place + 1)} of ${count(total)}`),
    speed !== undefined && `${count(Math.round(speed))} a minute`,
    speed !== undefined && left !== undefined && left > 0 && `${span(left / speed)} left`,
  ]
    .filter(Boolean)
    .join(" · ");
}
