export { type CompareInput, compare } from "./compare.ts";
export { type DisagreementInput, disagreement } from "./disagreement.ts";
