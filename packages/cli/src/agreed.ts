import { createInterface } from "node:readline/promises";

/** Asks at the terminal, on stderr, so that results stay alone on stdout. Anything but yes is no. */
export async function agreed(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
