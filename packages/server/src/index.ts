export { type App, type AppOptions, createApp } from "./app.ts";
export type { Connection } from "./auth/connection.ts";
export { type RunningServer, type ServeOptions, serve } from "./serve.ts";
export { type LocalServer, openLocal, startServer, startWorkerProcess } from "./start.ts";
