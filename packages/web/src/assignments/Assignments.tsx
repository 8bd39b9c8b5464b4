import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { count, wholePercent } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { newestSchema } from "../schema/queries.ts";
import { Bar } from "../shell/Bar.tsx";
import { EmptyState } from "../shell/EmptyState.tsx";
import { Page } from "../shell/Page.tsx";
import rowLink from "../shell/RowLink.module.css";
import { Table } from "../shell/Table.tsx";
import { NewAssignment } from "./NewAssignment.tsx";
import { assignmentList } from "./queries.ts";
import { taskOf, wantedOf } from "./words.ts";

const route = getRouteApi("/p/$project/assignments");

/** Who is to do which records, and how far everybody is. */
export function Assignments() {
  const { project } = route.useParams();
  const { panel, where } = route.useSearch();
  const client = useClient();
  const assignments = useQuery(assignmentList(client, project));
  const schema = useQuery(newestSchema(client, project));
  if (panel === "new" && schema.data)
    return <NewAssignment project={project} schema={schema.data.document} where={where} />;
  const error = assignments.error ?? schema.error;
  const none = assignments.data?.length === 0;
  return (
    <Page
      title="Who does what?"
      actions={
        schema.data && (
          <Button
            component={Link}
            to={`/p/${project}/assignments?panel=new`}
            variant={none ? "filled" : "default"}
          >
            New assignment
          </Button>
        )
      }
    >
      {error && <ProblemNotice error={error} onRetry={assignments.refetch} />}
      {none && (
        <EmptyState
          title="No assignments yet"
          action={
            schema.data === null && (
              <Button component={Link} to={`/p/${project}/data?panel=schema`}>
                Say what is asked of every record
              </Button>
            )
          }
        >
          <p>
            An assignment hands records to people one by one, so that no two do the same by
            accident: to verify a job’s labels, or to give labels of their own.
          </p>
        </EmptyState>
      )}
      {assignments.data && !none && (
        <Table
          name="Assignments"
          head={
            <>
              <th scope="col">Assignment</th>
              <th scope="col">Task</th>
              <th scope="col">Done</th>
              <th scope="col" data-n>
                Records
              </th>
              <th scope="col" data-n>
                People each
              </th>
              <th scope="col" data-n>
                In hand
              </th>
              <th scope="col">Made</th>
            </>
          }
        >
          {assignments.data.map((assignment) => {
            const { name, progress, records, overlap, state, createdAt, createdBy } = assignment;
            const wanted = wantedOf(assignment);
            return (
              <tr key={name}>
                <td>
                  <Link
                    to="/p/$project/assignments/$assignment"
                    params={{ project, assignment: name }}
                    className={rowLink.link}
                  >
                    {name}
                  </Link>
                  {state === "closed" && " (closed)"}
                </td>
                <td data-name="Task">{taskOf(assignment)}</td>
                <td data-name="Done">
                  <div>
                    {wholePercent(wanted > 0 ? progress.done / wanted : 0)}
                    <Bar name={name} done={progress.done} of={wanted} />
                  </div>
                </td>
                <td data-name="Records" data-n>
                  {count(records)}
                </td>
                <td data-name="People each" data-n>
                  {count(overlap)}
                </td>
                <td data-name="In hand" data-n>
                  {count(progress.held)}
                </td>
                <td data-name="Made">
                  <span>
                    <When at={createdAt} /> by {createdBy}
                  </span>
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </Page>
  );
}
