import type { AssignmentDetail } from "@countersign/core";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { count, counted, wholePercent } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Bar } from "../shell/Bar.tsx";
import { Page } from "../shell/Page.tsx";
import styles from "./AssignmentPage.module.css";
import { Extend } from "./Extend.tsx";
import { Holds } from "./Holds.tsx";
import { oneAssignment, whoAmI } from "./queries.ts";
import { Shares } from "./Shares.tsx";
import { sizeOf, taskOf, wantedOf } from "./words.ts";

const route = getRouteApi("/p/$project/assignments/$assignment");

/** One assignment: how far it is, who did how much, who holds what. */
export function AssignmentPage() {
  const { project, assignment: name } = route.useParams();
  const client = useClient();
  const { data, error, refetch } = useQuery(oneAssignment(client, project, name));
  const title = `How far is ${name}?`;
  if (!data)
    return <Page title={title}>{error && <ProblemNotice error={error} onRetry={refetch} />}</Page>;
  const { progress, records, people, createdAt, createdBy, closedAt } = data;
  const wanted = wantedOf(data);
  return (
    <Page title={title} actions={<Acts project={project} assignment={data} />}>
      <p className={styles.what}>
        To {taskOf(data)}: {sizeOf(data)}, for {people ? people.join(", ") : "anyone"}. Made{" "}
        <When at={createdAt} /> by {createdBy}
        {closedAt && (
          <>
            , closed <When at={closedAt} />
          </>
        )}
        .
      </p>
      {error && <ProblemNotice error={error} onRetry={refetch} />}
      <div className={styles.figures}>
        <span>
          {wholePercent(wanted > 0 ? progress.done / wanted : 0)}: {count(progress.done)} of{" "}
          {count(wanted)} done, {counted(progress.complete, "record")} of {count(records)} complete
        </span>
        <Bar name="Done" done={progress.done} of={wanted} />
      </div>
      <Shares assignment={data} />
      <Holds project={project} assignment={data} />
      <Extend project={project} assignment={data} />
    </Page>
  );
}

interface ActsProps {
  readonly project: string;
  readonly assignment: AssignmentDetail;
}

/** What may be done with an assignment in its state. */
function Acts({ project, assignment: { name, state, people } }: ActsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(whoAmI(client)).data?.actor;
  const [sure, setSure] = useState(false);
  const input = { project, assignment: name };
  const onSuccess = () => queries.invalidateQueries({ queryKey: [project, "assignments"] });
  const close = useMutation({ mutationFn: () => client.assignments.close(input), onSuccess });
  const reopen = useMutation({ mutationFn: () => client.assignments.reopen(input), onSuccess });
  const remove = useMutation({
    mutationFn: () => client.assignments.remove(input),
    onSuccess: () => {
      navigate({ to: "/p/$project/assignments", params: { project } });
      return onSuccess();
    },
  });
  const error = close.error ?? reopen.error ?? remove.error;
  const mine = me !== undefined && (people === null || people.includes(me));
  return (
    <>
      {error && <ProblemNotice error={error} />}
      {sure ? (
        <>
          <Button variant="default" onClick={() => setSure(false)}>
            Keep it
          </Button>
          <Button
            color="red"
            variant="outline"
            onClick={() => remove.mutate()}
            loading={remove.isPending}
          >
            Forget who did what
          </Button>
        </>
      ) : (
        <Button variant="subtle" onClick={() => setSure(true)}>
          Delete
        </Button>
      )}
      {state === "open" ? (
        <Button variant="default" onClick={() => close.mutate()} loading={close.isPending}>
          Close
        </Button>
      ) : (
        <Button variant="default" onClick={() => reopen.mutate()} loading={reopen.isPending}>
          Reopen
        </Button>
      )}
      {state === "open" && mine && (
        <Button
          renderRoot={(props) => (
            <Link
              {...props}
              to="/p/$project/assignments/$assignment/work"
              params={{ project, assignment: name }}
            />
          )}
        >
          Work on it
        </Button>
      )}
    </>
  );
}
