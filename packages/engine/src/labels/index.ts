export { firstPrompt, modelCalls, storedCalls } from "./model-calls.ts";
export { reply } from "./reply.ts";
export { type OwnLabel, set } from "./set.ts";
export { setMetadata } from "./set-metadata.ts";
