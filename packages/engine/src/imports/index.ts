export { commit } from "./commit.ts";
export { create } from "./create.ts";
export { fetchFile } from "./fetch.ts";
export { get } from "./find.ts";
export { list } from "./list.ts";
export { preview } from "./preview.ts";
export { longestPart, receive } from "./receive.ts";
export { rejections } from "./rejections.ts";
export { remove } from "./remove.ts";
