import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { count } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Page } from "../shell/Page.tsx";
import rowLink from "../shell/RowLink.module.css";
import { Table } from "../shell/Table.tsx";
import { Loop } from "./Loop.tsx";
import { NewProject } from "./NewProject.tsx";
import { projectList } from "./queries.ts";

/** All projects, and the way to a new one. */
export function Projects() {
  const projects = useQuery(projectList(useClient()));
  return (
    <Page title="What are you labelling?">
      {projects.error && <ProblemNotice error={projects.error} onRetry={projects.refetch} />}
      {projects.data?.length === 0 && <Loop />}
      {projects.data && <NewProject first={projects.data.length === 0} />}
      {projects.data && projects.data.length > 0 && (
        <Table
          name="Projects"
          head={
            <>
              <th scope="col">Project</th>
              <th scope="col" data-n>
                Records
              </th>
              <th scope="col" data-n>
                Jobs
              </th>
              <th scope="col">Schema</th>
              <th scope="col">Created</th>
            </>
          }
        >
          {projects.data.map(({ name, records, jobs, schemaVersion, createdAt, createdBy }) => (
            <tr key={name}>
              <td>
                <Link to="/p/$project/data" params={{ project: name }} className={rowLink.link}>
                  {name}
                </Link>
              </td>
              <td data-name="Records" data-n>
                {count(records)}
              </td>
              <td data-name="Jobs" data-n>
                {count(jobs)}
              </td>
              <td data-name="Schema">
                {schemaVersion === null ? "none yet" : `version ${schemaVersion}`}
              </td>
              <td data-name="Created">
                <span>
                  <When at={createdAt} /> by {createdBy}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
}
