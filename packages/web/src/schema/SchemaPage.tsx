import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Page } from "../shell/Page.tsx";
import { newestSchema } from "./queries.ts";
import { SchemaForm } from "./SchemaForm.tsx";
import { SchemaHistory } from "./SchemaHistory.tsx";

/** The labelling task: what is asked, in which options, and how it came to be so. */
export function SchemaPage({ project }: { readonly project: string }) {
  const schema = useQuery(newestSchema(useClient(), project));
  return (
    <Page
      title="What is asked of every record?"
      actions={
        <Link to="/p/$project/data" params={{ project }}>
          Back to the records
        </Link>
      }
    >
      {schema.error && <ProblemNotice error={schema.error} onRetry={schema.refetch} />}
      {schema.data !== undefined && (
        <SchemaForm key={schema.data?.version ?? 0} project={project} newest={schema.data} />
      )}
      {schema.data && <SchemaHistory project={project} newest={schema.data.version} />}
    </Page>
  );
}
