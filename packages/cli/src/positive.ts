import { InvalidArgumentError } from "commander";

/** A number above 0. */
export function positive(text: string): number {
  const n = Number(text);
  if (n > 0 && Number.isFinite(n)) return n;
  throw new InvalidArgumentError("It is a number above 0.");
}
