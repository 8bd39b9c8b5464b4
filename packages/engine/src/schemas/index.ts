export { type Carrier, carrierSince, type StampedValue } from "./carry.ts";
export { findSchema } from "./find.ts";
export { get } from "./get.ts";
export { history } from "./history.ts";
export { set } from "./set.ts";
export { usualValue } from "./usual-value.ts";
