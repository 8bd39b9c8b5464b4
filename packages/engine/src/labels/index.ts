export { firstPrompt, modelCalls, storedCalls } from "./model-calls.ts";
export { reply } from "./reply.ts";
