import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../shell/EmptyState.tsx";
import type { Filter } from "./search/review-search.ts";
import type { ReviewedJob } from "./use-subject.ts";

export interface EmptyProps {
  readonly project: string;
  /** Undefined where the labels came with a file. */
  readonly job: ReviewedJob | undefined;
  readonly filter: Filter;
  /** Shows all of the machine's labels. */
  readonly onAll: () => void;
  readonly onRefresh: () => void;
}

/** No label is under the filter: why, and what to do. */
export function Empty({ project, job, filter, onAll, onRefresh }: EmptyProps) {
  const running = job?.state === "running" || job?.state === "preparing";
  if (job?.labelled === 0 && running)
    return (
      <EmptyState
        title="The model is at work"
        action={<Button onClick={onRefresh}>Look again</Button>}
      >
        Its first labels will be here in a moment.
      </EmptyState>
    );
  if (job?.labelled === 0)
    return (
      <EmptyState
        title={job.state === "paused" ? "The job stands still" : "This job has no labels"}
        action={
          <Button
            renderRoot={(props) => (
              <Link
                to="/p/$project/jobs/$job"
                params={{ project, job: String(job.id) }}
                {...props}
              />
            )}
          >
            See what became of it
          </Button>
        }
      >
        {job.pause?.what ?? "None of its replies could be read as a label."}
      </EmptyState>
    );
  const narrowed =
    filter.keyword !== undefined ||
    filter.values !== undefined ||
    filter.from !== undefined ||
    filter.below !== undefined;
  return (
    <EmptyState
      title={
        filter.status === "unverified" && !narrowed
          ? "Every label is verified"
          : "No label is like that"
      }
      action={<Button onClick={onAll}>See all labels of this machine</Button>}
    >
      {filter.status === "unverified" && !narrowed
        ? running
          ? "The job is still running: more will come."
          : "There is nothing left to review here. The labels can be looked through, corrected and exported."
        : "Loosen a part of the sentence above."}
    </EmptyState>
  );
}
