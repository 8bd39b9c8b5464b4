import { isAtRest, type Job } from "@countersign/core";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { useCommands } from "../../command/commands.tsx";
import { DeleteDialog } from "../../deleting/DeleteDialog.tsx";
import { counted } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { oneJob } from "../queries.ts";

export interface JobActsProps {
  readonly project: string;
  readonly job: Job;
}

/** What may be done with a job in its state. */
export function JobActs({ project, job }: JobActsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { queryKey } = oneJob(client, project, job.id);
  const onSuccess = (changed: Job) => queries.setQueryData(queryKey, changed);
  const input = { project, job: job.id };
  const resume = useMutation({ mutationFn: () => client.jobs.resume(input), onSuccess });
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel(input), onSuccess });
  const retry = useMutation({ mutationFn: () => client.jobs.retry(input), onSuccess });
  const { labelled, failed } = job.progress.outcomes;
  // With its budget used up it goes on with a larger one, which is asked for beside the reason.
  const isSpent = job.state === "paused" && job.pause?.reason === "budget";
  const mayResume = job.state === "paused" && !isSpent;
  const mayRetry = failed > 0 && (job.state === "done" || mayResume);
  const [deleting, setDeleting] = useState(false);
  const mayCancel = job.state !== "done" && job.state !== "cancelled";
  useCommands(`Job ${job.id}`, [
    ...(mayCancel ? [{ what: "Cancel job", run: () => cancel.mutate() }] : []),
    ...(mayResume ? [{ what: "Resume job", run: () => resume.mutate() }] : []),
    ...(mayRetry
      ? [{ what: `Ask again for ${counted(failed, "failed item")}`, run: () => retry.mutate() }]
      : []),
    ...(labelled > 0
      ? [
          {
            what: `Review ${counted(labelled, "label")}`,
            run: () =>
              navigate({ to: "/p/$project/review", params: { project }, search: { job: job.id } }),
          },
        ]
      : []),
  ]);
  const error = resume.error ?? cancel.error ?? retry.error;
  return (
    <>
      {error && <ProblemNotice error={error} />}
      {mayCancel && (
        <Button variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
          Cancel job
        </Button>
      )}
      <Button variant="default" onClick={() => setDeleting(true)}>
        Delete job …
      </Button>
      <DeleteDialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        act={`Delete job ${job.id}`}
        of={input}
        remove={() => client.jobs.remove(input)}
        onDeleted={async () => {
          await navigate({ to: "/p/$project/jobs", params: { project } });
          queries.removeQueries({ queryKey });
          await queries.invalidateQueries({ queryKey: [project] });
        }}
      />
      {mayResume && (
        <Button onClick={() => resume.mutate()} loading={resume.isPending}>
          Resume job
        </Button>
      )}
      {mayRetry && (
        <Button variant="default" onClick={() => retry.mutate()} loading={retry.isPending}>
          Ask again for {counted(failed, "failed item")}
        </Button>
      )}
      {labelled > 0 && (
        <Button
          component={Link}
          to={`/p/${project}/review?job=${job.id}`}
          variant={isAtRest(job.state) && job.state !== "paused" ? "filled" : "default"}
        >
          Review {counted(labelled, "label")}
        </Button>
      )}
    </>
  );
}
