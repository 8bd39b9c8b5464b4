export { type CompareInput, compare } from "./compare.ts";
