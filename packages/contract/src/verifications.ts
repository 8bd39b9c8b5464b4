import { Label, LabelValue, Verdict, Verification } from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { route } from "./route.ts";

export const Decision = z
  .strictObject({
    label: z.int().meta({ description: "Id of the label judged" }),
    verdict: Verdict,
    value: LabelValue.optional().meta({ description: "With CORRECTS: the right value" }),
    seen: z.iso.datetime().nullable().optional().meta({
      description:
        "The moment of the standing verdict that the person saw, null for none; where another stands by now, nothing is recorded. Left out: recorded whatever stands",
    }),
  })
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof Decision>;

/** The operations on verifications, by verb. */
export const verifications = {
  record: route({
    id: "verifications.record",
    method: "post",
    path: "/projects/{project}/verifications",
    summary: "Record verdicts on labels: all of them, or none",
    params: ProjectParams,
    body: z.strictObject({
      decisions: z.array(Decision).min(1).max(10_000),
      assignment: z.string().optional().meta({
        description:
          "The assignment that the labels are judged for. People then judge independently: `seen` is the caller's own verdict, and the labels returned show that alone",
      }),
    }),
    response: z.object({ verifications: z.array(Verification), labels: z.array(Label) }),
    problems: [
      "project-not-found",
      "label-not-found",
      "verification-invalid",
      "verification-outdated",
      "assignment-not-found",
      "assignment-not-possible",
    ],
  }),
};
