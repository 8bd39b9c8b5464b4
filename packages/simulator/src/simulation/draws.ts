import { hash } from "node:crypto";

/** The random numbers of one call, each in [0, 1), independent of each other and of the order in which calls come. */
export interface Draws {
  /** The same for every attempt at a prompt: what a model has to say does not change by asking again. */
  readonly content: number;
  /** Which of several wordings; settled with `content`. */
  readonly wording: number;
  readonly transport: number;
  readonly tail: number;
  readonly normal: readonly [number, number];
}

/** Drawn by SHA-256 from the seed, the prompt's hash and the number of the attempt. */
export function drawn(seed: number, prompt: string, attempt: number): Draws {
  const ofPrompt = words(`${seed}:${prompt}`);
  const ofCall = words(`${seed}:${prompt}:${attempt}`);
  return {
    content: share(ofPrompt, 0),
    wording: share(ofPrompt, 1),
    transport: share(ofCall, 0),
    tail: share(ofCall, 1),
    normal: [share(ofCall, 2), share(ofCall, 3)],
  };
}

const words = (text: string): Buffer => hash("sha256", text, "buffer");

const share = (bytes: Buffer, word: number): number => bytes.readUInt32LE(word * 4) / 2 ** 32;
