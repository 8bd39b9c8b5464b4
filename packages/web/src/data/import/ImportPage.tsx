import { CountersignError } from "@countersign/sdk";
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
import { PastImports } from "./PastImports.tsx";
import { Rejections } from "./Rejections.tsx";
import { Report } from "./Report.tsx";
import { type Source, send } from "./source.ts";

/** From a file to records: choose it, say what its columns are, read what was done. */
export function ImportPage({ project }: { readonly project: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const schema = useQuery(newestSchema(client, project));
  const [source, setSource] = useState<Source>();
  const [sent, setSent] = useState<number>();
  const [uploaded, setUploaded] = useState<number>();
  const importing = useMutation({
    mutationFn: async ({ source: chosen, reading, mapping, rules }: Order) => {
      const id = await send(client, project, chosen, setSent);
      setUploaded(id);
      return client.imports.commit({ project, import: id, ...reading, mapping, ...rules });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [project] }),
  });
  const choose = (chosen: Source | undefined) => {
    importing.reset();
    setUploaded(undefined);
    setSent(undefined);
    setSource(chosen);
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
  if (!source)
    return (
      <Page title="Which file holds the texts?" actions={back}>
        <FileDrop onFile={(file) => choose({ name: file.name, file })} />
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
        <PastImports project={project} onGoOn={choose} />
      </Page>
    );
  return (
    <Page title="Which column is what?" actions={back}>
      <ChosenFile
        key={`${source.name} ${source.file?.lastModified} ${source.upload?.id}`}
        project={project}
        sent={sent}
        source={source}
        labels={schema.data?.document.labels ?? []}
        importing={importing.isPending}
        onImport={importing.mutate}
        onOther={() => choose(undefined)}
      />
      {importing.error && <ProblemNotice error={importing.error} />}
      {importing.error && uploaded !== undefined && isRefused(importing.error) && (
        <Rejections project={project} id={uploaded} />
      )}
    </Page>
  );
}

const isRefused = (error: Error): boolean =>
  error instanceof CountersignError && error.problem.type === "import-rejected";
