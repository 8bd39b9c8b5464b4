import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { DeleteDialog } from "../deleting/DeleteDialog.tsx";
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
  const client = useClient();
  const queries = useQueryClient();
  const projects = useQuery(projectList(client));
  const [deleting, setDeleting] = useState<string>();
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
              <th scope="col">Acts</th>
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
              <td>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Delete project ${name} …`}
                  onClick={() => setDeleting(name)}
                >
                  Delete …
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {deleting !== undefined && (
        <DeleteDialog
          opened
          onClose={() => setDeleting(undefined)}
          act={`Delete project ${deleting}`}
          of={{ project: deleting }}
          name={deleting}
          remove={() => client.projects.remove({ project: deleting })}
          onDeleted={async () => {
            setDeleting(undefined);
            queries.removeQueries({ queryKey: [deleting] });
            await queries.invalidateQueries();
          }}
        />
      )}
    </Page>
  );
}
