export { firstPrompt, modelCalls, storedCalls } from "./model-calls.ts";
export { modelSummary } from "./model-summary.ts";
export { models } from "./models.ts";
export { reply } from "./reply.ts";
export { type OwnLabel, set } from "./set.ts";
export { setMetadata } from "./set-metadata.ts";
