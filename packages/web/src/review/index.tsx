import { z } from "zod";
import { Page } from "../shell/Page.tsx";

/** The review page's state, all of it in the address. */
export const ReviewSearch = z.object({});

export function Review() {
  return <Page title="Review">{null}</Page>;
}
