import { type Logger, pino } from "pino";

/** The server's log, on stderr: results alone go to stdout. */
export const log = (level: "info" | "warn"): Logger =>
  pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
