import { once } from "node:events";
import type { z } from "zod";
import { type CallCounts, CallLog, type CallSink } from "./calls.ts";
import { now } from "./http/clock.ts";
import { httpServer } from "./http/server.ts";
import { Behaviour } from "./options.ts";
import { provider } from "./provider.ts";
import type { RepliesSource } from "./replies/read.ts";
import { Replies } from "./replies/replies.ts";
import { Simulation } from "./simulation/simulation.ts";

export interface SimulatorOptions extends z.input<typeof Behaviour> {
  /** What the models say. */
  readonly replies: RepliesSource;
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 if left out: the machine itself only. */
  readonly host?: string;
  readonly log?: CallSink;
}

/** A simulator that listens. */
export interface Simulator {
  /** Base URL for OpenAI's clients, and for the AI SDK's of Anthropic; ends in `/v1`. */
  readonly url: string;
  readonly port: number;
  readonly models: readonly string[];
  /** The counts as they are now. */
  readonly calls: CallCounts;
  /** Drops every connection, those waiting for an answer too, and finishes the log. */
  readonly close: () => Promise<void>;
}

/** How often batches go on by themselves, in milliseconds; whoever asks after one sees it as it is. */
const batchTick = 100;

/**
 * Starts a server that replays recorded answers, in OpenAI's forms and in Anthropic's.
 *
 * @throws UnusableReplies when the replies cannot be read · ZodError when an option is out of range · Error (EADDRINUSE
 * and the like) when the port or the log file cannot be had
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { replies, port, host = "127.0.0.1", log: sink, ...rest } = options;
  const behaviour = Behaviour.parse(rest);
  const recorded = await Replies.load(replies);
  const simulation = new Simulation(recorded, behaviour, now());
  const log = await CallLog.open(sink);
  const simulated = provider(simulation, log, behaviour);
  const server = httpServer(simulated);
  server.listen(port, host);
  await once(server, "listening");
  const ticking = setInterval(() => simulated.advance(now()), batchTick);
  ticking.unref();

  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  const authority = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${authority}:${bound}/v1`,
    port: bound,
    models: simulation.models,
    get calls() {
      simulated.advance(now());
      return log.counts(simulation.prompts);
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      clearInterval(ticking);
      simulated.advance(now());
      await log.close();
    },
  };
}
