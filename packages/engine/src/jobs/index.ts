export { cancel } from "./cancel.ts";
export type { JobInput } from "./find.ts";
export { get } from "./get.ts";
export { items } from "./items.ts";
export { type LabelSummary, labels } from "./labels.ts";
export { list } from "./list.ts";
export { resume } from "./resume.ts";
export { type NewJob, run } from "./run.ts";
export { watch } from "./watch.ts";
