import { z } from "zod";
import { route } from "./route.ts";

/** What is asked of the server itself. */
export const server = {
  health: route({
    id: "server.health",
    method: "get",
    path: "/health",
    summary: "Whether the server is up; needs no token",
    response: z.object({ status: z.literal("up"), version: z.string() }),
  }),

  whoami: route({
    id: "server.whoami",
    method: "get",
    path: "/whoami",
    summary: "In whose name requests are made",
    response: z.object({ actor: z.string(), how: z.enum(["local", "token"]) }),
  }),
};
