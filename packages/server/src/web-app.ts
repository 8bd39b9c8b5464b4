import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/** Vite puts files named by the hash of their content here: they never change. */
const hashed = "/assets/*";

/** The built web app. A path that is no file is one of the app's own addresses and gets its page. */
export function webApp(webRoot: string): Hono {
  const app = new Hono();
  const file = serveStatic({ root: webRoot });
  const page = serveStatic({ root: webRoot, path: "index.html" });

  app.use(hashed, async (c, next) => {
    await next();
    if (c.res.ok) c.header("cache-control", "public, max-age=31536000, immutable");
  });
  app.get(hashed, file, (c) => c.notFound());
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-cache");
  });
  app.get("*", file, page);
  return app;
}
