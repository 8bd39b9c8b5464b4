import { LabelReply } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

/** The operations on labels, by verb. */
export const labels = {
  reply: route({
    id: "labels.reply",
    method: "get",
    path: "/projects/{project}/labels/{label}/reply",
    summary: "The prompt and the reply that a job's label came from",
    params: ProjectParams.extend({ label: z.coerce.number<number>().int() }),
    response: LabelReply,
    problems: ["project-not-found", "label-not-found"],
  }),
};
