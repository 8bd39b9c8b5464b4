import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { oneProject } from "../../projects/queries.ts";
import { newestSchema } from "../../schema/queries.ts";
import { Page } from "../../shell/Page.tsx";
import { ChosenFile, type Order } from "./ChosenFile.tsx";
import { FileDrop } from "./FileDrop.tsx";
import styles from "./ImportPage.module.css";
import { Report } from "./Report.tsx";

/** From a file to records: choose it, say what its columns are, read what was done. */
export function ImportPage({ project }: { readonly project: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const schema = useQuery(newestSchema(client, project));
  const [file, setFile] = useState<File>();
  const importing = useMutation({
    mutationFn: (order: Order) => client.records.import({ project, ...order }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [project] }),
  });
  const choose = (chosen: File | undefined) => {
    importing.reset();
    setFile(chosen);
  };
  const overview = useQuery(oneProject(client, project));
  const back = overview.data?.records !== 0 && (
    <Link to="/p/$project/data" params={{ project }}>
      Back to the records
    </Link>
  );

  if (importing.data)
    return (
      <Page title="What was imported?" actions={back}>
        <Report report={importing.data} project={project} hasSchema={schema.data !== null} />
      </Page>
    );
  if (!file)
    return (
      <Page title="Which file holds the texts?" actions={back}>
        <FileDrop onFile={choose} />
        <div className={styles.hints}>
          <p>One record a row. A column holds the text; others may hold a key, metadata or gold.</p>
          {schema.data === null && (
            <p>
              If a column holds the true labels,{" "}
              <Link to="/p/$project/data" params={{ project }} search={{ panel: "schema" }}>
                write the schema
              </Link>{" "}
              first, so that they can be taken in as gold.
            </p>
          )}
        </div>
      </Page>
    );
  return (
    <Page title="Which column is what?" actions={back}>
      <ChosenFile
        key={`${file.name} ${file.lastModified}`}
        file={file}
        labels={schema.data?.document.labels ?? []}
        importing={importing.isPending}
        onImport={importing.mutate}
        onOther={() => choose(undefined)}
      />
      {importing.error && <ProblemNotice error={importing.error} />}
    </Page>
  );
}
