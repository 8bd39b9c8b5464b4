import { createServer, type Server } from "node:http";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { getRequestListener } from "@hono/node-server";
import { type AppOptions, createApp } from "./app.ts";
import { isLoopback } from "./auth/connection.ts";
import { cutWhereItFails } from "./cut.ts";

/** Responses under way when a server stops get so long to end. */
const graceMs = 5_000;

export interface ServeOptions extends AppOptions {
  /** Name or address to listen at. Off loopback nothing is answered without a token. */
  readonly host: string;
  /** 0 takes one that is free. */
  readonly port: number;
}

export interface RunningServer {
  /** Where it is: `http://127.0.0.1:4270`. */
  readonly url: string;
  /**
   * Stops accepting, ends what is watched, lets responses under way end for five seconds, and cuts off what is left.
   * The engine is the caller's to close, after this.
   */
  close(): Promise<void>;
}

/** Serves the API and the web app. Working on jobs is no part of it. */
export async function serve(
  options: ServeOptions,
): Promise<Result<RunningServer, Problem<"port-in-use" | "address-unusable">>> {
  const { host, port, engine } = options;
  const app = createApp(options);
  const server = createServer(
    getRequestListener(
      async (request, { incoming, outgoing }) => {
        const address = incoming.socket.remoteAddress ?? "";
        const local = isLoopback(address) && isLoopback(boundTo(server).address);
        const remote = local ? "loopback" : "elsewhere";
        const response = await app.fetch(request, { remote, address });
        return cutWhereItFails(response, (error) => {
          engine.log.error({ error, path: incoming.url }, "a response broke off");
          outgoing.destroy();
        });
      },
      { overrideGlobalObjects: false },
    ),
  );
  // An upload may take as long as it takes; Node's limit on the headers stays.
  server.requestTimeout = 0;
  // A connection whose last response ends after the server was told to stop would be kept for a next request.
  server.on("request", (_, outgoing) => {
    outgoing.once("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });

  const failure = await listen(server, host, port);
  if (failure) return err(whyNot(failure, host, port));
  return ok({
    url: `http://${nameOf(host)}:${boundTo(server).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      app.close();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  });
}

const listen = (server: Server, host: string, port: number) =>
  new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once("error", resolve);
    server.listen(port, host, () => resolve(undefined));
  });

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number) {
  if (code === "EADDRINUSE")
    return {
      type: "port-in-use" as const,
      what: `Port ${port} of ${host} is in use by another program.`,
      next: "Stop that program, or choose another port with --port.",
    };
  return {
    type: "address-unusable" as const,
    what: `The server cannot listen at ${host}, port ${port}: ${message}.`,
    next: "Choose an address of this machine with --host, and a port above 1023 with --port.",
  };
}

/** The socket's own address. */
function boundTo(server: Server): { address: string; port: number } {
  const bound = server.address();
  return bound !== null && typeof bound === "object" ? bound : { address: "", port: 0 };
}

/** The host as a URL has it. All addresses of a machine are reached at its own name for itself. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
