export { authenticate } from "./authenticate.ts";
export { create } from "./create.ts";
export { list } from "./list.ts";
export { revoke } from "./revoke.ts";
export type { Token } from "./token.ts";
