import type { FoundRecord, LabelDefinition } from "@countersign/core";
import { Button, UnstyledButton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { useCommands } from "../command/commands.tsx";
import { about, count, counted } from "../format/number.ts";
import { recentJobs } from "../jobs/queries.ts";
import { SimulatedNotice } from "../jobs/SimulatedNotice.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { oneProject } from "../projects/queries.ts";
import { newestSchema } from "../schema/queries.ts";
import partStyles from "../sentence/Part.module.css";
import { EmptyState } from "../shell/EmptyState.tsx";
import { Page } from "../shell/Page.tsx";
import { DataActions } from "./DataActions.tsx";
import { Filter } from "./filter/Filter.tsx";
import { namesOf } from "./metadata/typed.ts";
import { recordPages } from "./queries.ts";
import styles from "./Records.module.css";
import { type DataSearch, everything } from "./search.ts";
import { isNarrowed, searchDocument } from "./search-document.ts";
import { RecordTable } from "./table/RecordTable.tsx";
import { useTotal } from "./use-total.ts";

const route = getRouteApi("/p/$project/data");

/** The same each time, so that rows are not drawn anew for it. */
const noLabels: readonly LabelDefinition[] = [];
const noRecords: readonly FoundRecord[] = [];

/** The records the filter asks for, and what may be done with them. */
export function Records({ project }: { readonly project: string }) {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const overview = useQuery(oneProject(client, project));
  const schema = useQuery(newestSchema(client, project));
  const jobs = useQuery(recentJobs(client, project)).data ?? [];
  const labels = schema.data?.document.labels ?? noLabels;
  const asked = searchDocument(search, labels);
  const pages = useInfiniteQuery({
    ...recordPages(client, project, asked),
    enabled: !schema.isPending,
  });
  const records = useMemo(() => pages.data?.pages.flatMap((page) => page.records), [pages.data]);
  const counting = useTotal(project, asked.where, pages.data?.pages[0]?.count ?? null);
  const { total } = counting;

  const change = (to: Partial<DataSearch>) =>
    navigate({ search: (before) => ({ ...before, open: undefined, ...to }) });
  useCommands("Data", [
    { what: "Import records", run: () => change({ panel: "import" }) },
    { what: "Edit the schema", run: () => change({ panel: "schema" }) },
    { what: "Who disagrees with whom?", run: () => change({ panel: "disagreement" }) },
    ...(isNarrowed(search) ? [{ what: "Show all records", run: () => change(everything) }] : []),
  ]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const error = overview.error ?? schema.error ?? pages.error;
  if (overview.data?.records === 0)
    return (
      <Navigate to="/p/$project/data" params={{ project }} search={{ panel: "import" }} replace />
    );
  return (
    <Page
      title="What is there to label?"
      height="fill"
      actions={
        <DataActions
          project={project}
          where={asked.where}
          next={schema.data === null ? "schema" : overview.data?.jobs === 0 ? "label" : "review"}
          total={total}
          names={namesOf(pages.data?.pages[0]?.records ?? noRecords)}
          onDisagreement={() => change({ panel: "disagreement" })}
        />
      }
    >
      {jobs.some(({ simulated }) => simulated) && <SimulatedNotice />}
      {schema.data === null && (
        <EmptyState
          title="Nothing is asked of these records yet"
          action={
            <Button component={Link} to={`/p/${project}/data?panel=schema`}>
              Say what is asked of them
            </Button>
          }
        >
          <p>The schema says which label each record is to get. Then an agent can label them.</p>
        </EmptyState>
      )}
      <div className={styles.asked}>
        <Filter
          project={project}
          search={search}
          labels={labels}
          jobs={jobs}
          records={pages.data?.pages[0]?.records ?? noRecords}
          onChange={change}
        />
        <p className={styles.total} aria-live="polite">
          {(pages.isPending || pages.isPlaceholderData) && "searching …"}
          {!pages.isPlaceholderData &&
            total !== null &&
            overview.data &&
            (isNarrowed(search)
              ? `${total.exact ? "" : "about "}${count(total.n)} of ${counted(overview.data.records, "record")}`
              : about(total, "record"))}
          {counting.countExactly && (
            <UnstyledButton className={partStyles.part} onClick={counting.countExactly}>
              count exactly
            </UnstyledButton>
          )}
        </p>
      </div>
      {error && <ProblemNotice error={error} onRetry={() => pages.refetch()} />}
      {records?.length === 0 && (
        <EmptyState title="No record is like that">
          <p>Loosen a part of the sentence above, or show all.</p>
        </EmptyState>
      )}
      {records && records.length > 0 && (
        <RecordTable
          project={project}
          records={records}
          total={total?.exact ? total.n : null}
          labels={labels}
          search={search}
          onOpen={(open) => navigate({ search: (before) => ({ ...before, open }), replace: true })}
          onEnd={more}
          onSimilar={(id) =>
            change({
              and: [{ similar: { to: { ids: [id] }, top: 100 } }],
              sort: { by: "similarity", order: "descending" },
            })
          }
        />
      )}
    </Page>
  );
}
