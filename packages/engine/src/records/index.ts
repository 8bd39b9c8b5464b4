export { matchingRecords } from "./condition.ts";
export { checkCondition } from "./searching.ts";
