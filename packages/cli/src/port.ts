import { InvalidArgumentError } from "commander";

/** A TCP port; 0 asks the system for a free one. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && text.trim() !== "") return port;
  throw new InvalidArgumentError("It is a number from 0 to 65535.");
}
