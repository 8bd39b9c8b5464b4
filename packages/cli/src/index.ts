export { run } from "./program.ts";
export { sizedItems } from "./rehearsal/items.ts";
export { type RehearsedJob, rehearseJob } from "./rehearsal/rehearsal.ts";
