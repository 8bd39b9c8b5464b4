import { api, type RouteInput } from "@countersign/contract";
import type { JobItem } from "@countersign/core";
import { method } from "./method.ts";
import type { CallOptions, Transport } from "./transport.ts";

/** One label of a job's item. */
export type ItemLabel = JobItem["labels"][number];

/** Works out how sure a label is, from 0 to 1, of the label itself, its record and the model's replies; null: not known. */
export type ConfidenceFunction = (
  label: ItemLabel,
  item: JobItem,
) => number | null | Promise<number | null>;

/** Labels that are worked out and sent at once. */
const batch = 500;

export const confidences = (transport: Transport) => {
  const give = method(transport, api.confidences.give);
  const items = method(transport, api.jobs.items);

  return {
    /** By which methods a job's labels have a confidence, and which of them are in force. */
    list: method(transport, api.confidences.list),
    /** Puts another method in force, for some of the labels; while `next` is not null, pass it as `after`. */
    choose: method(transport, api.confidences.choose),
    /** Takes the share of jobs that say the same, for some of the labels; while `next` is not null, pass it as `after`. */
    agree: method(transport, api.confidences.agree),
    /** Puts confidences in force that you worked out, all of them or none. */
    give,

    /**
     * Works out the confidence of every label of a job with a function of your own, some hundred at a time side by side,
     * and puts it in force. What was sent stays when it is broken off; doing it again begins anew. Answers how many
     * labels have a confidence by it now, and how many have none.
     *
     * @throws {RangeError} where the function gives what is no share, before anything of its batch is sent
     */
    async compute(
      input: Omit<RouteInput<typeof api.confidences.give>, "values">,
      confidence: ConfidenceFunction,
      options?: CallOptions,
    ): Promise<{ readonly set: number; readonly without: number }> {
      const { project, job, label: name } = input;
      let set = 0;
      let without = 0;
      let after: string | undefined;
      do {
        const page = await items({ project, job, limit: batch, after }, options);
        const values = await Promise.all(
          page.items.flatMap((item) =>
            item.labels
              .filter((label) => label.name === name)
              .map(async (label) => ({
                label: label.id,
                confidence: share(await confidence(label, item), item),
              })),
          ),
        );
        if (values.length > 0) {
          const change = await give({ ...input, values }, options);
          set += change.set;
          without += change.without;
        }
        after = page.next ?? undefined;
      } while (after !== undefined);
      return { set, without };
    },
  };
};

function share(confidence: number | null, { record }: JobItem): number | null {
  if (confidence === null || (confidence >= 0 && confidence <= 1)) return confidence;
  throw new RangeError(
    `The confidence of record “${record.key}” came out as ${confidence}; it has to be from 0 to 1, or null.`,
  );
}
