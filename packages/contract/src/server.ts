import { z } from "zod";
import { route } from "./route.ts";

export const health = route({
  id: "server.health",
  method: "get",
  path: "/health",
  summary: "Whether the server is up; needs no token",
  response: z.object({ status: z.literal("up"), version: z.string() }),
});

export const whoami = route({
  id: "server.whoami",
  method: "get",
  path: "/whoami",
  summary: "In whose name requests are made",
  response: z.object({ actor: z.string(), how: z.enum(["local", "token"]) }),
});
