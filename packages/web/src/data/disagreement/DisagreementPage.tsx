import type { AnnotatorReference } from "@countersign/core";
import { CountersignError } from "@countersign/sdk";
import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useClient } from "../../client/ClientProvider.tsx";
import { recentJobs } from "../../jobs/queries.ts";
import { SimulatedNotice } from "../../jobs/SimulatedNotice.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { newestSchema } from "../../schema/queries.ts";
import { Choice } from "../../sentence/Choice.tsx";
import partStyles from "../../sentence/Part.module.css";
import { Sentence } from "../../sentence/Sentence.tsx";
import { Several } from "../../sentence/Several.tsx";
import { EmptyState } from "../../shell/EmptyState.tsx";
import { Page } from "../../shell/Page.tsx";
import { withCondition } from "../filter/further.ts";
import { annotatorWords, conditionWords } from "../filter/words.ts";
import { everything } from "../search.ts";
import { isNarrowed, searchDocument } from "../search-document.ts";
import { Matrix } from "./Matrix.tsx";
import { disagreementOn } from "./queries.ts";
import { referenceOf, written } from "./reference.ts";

const route = getRouteApi("/p/$project/data");

/** Who disagrees with whom on a label, on the records that the data page shows. */
export function DisagreementPage({ project }: { readonly project: string }) {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const labels = useQuery(newestSchema(client, project)).data?.document.labels ?? [];
  const jobs = useQuery(recentJobs(client, project)).data ?? [];
  const name = search.label ?? labels[0]?.name;
  const { where } = searchDocument(search, labels);
  const label = name ?? "";
  const asked = useQuery({
    ...disagreementOn(client, project, { label, among: search.among, where }),
    enabled: name !== undefined,
  });
  const anybody = useQuery({
    ...disagreementOn(client, project, { label, among: undefined, where: undefined }),
    enabled: name !== undefined,
  });
  const change = (to: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, ...to }) });
  const choices = annotators([
    ...(anybody.data?.annotators.map(referenceOf) ?? []),
    { gold: true },
    ...(search.among ?? []),
  ]);
  const alone =
    asked.error instanceof CountersignError && asked.error.problem.type === "compare-not-possible"
      ? asked.error.problem
      : undefined;
  return (
    <Page
      title="Who disagrees with whom?"
      actions={
        <Link
          to="/p/$project/data"
          params={{ project }}
          search={{ ...search, panel: undefined, among: undefined }}
        >
          Back to the records
        </Link>
      }
    >
      {jobs.some(({ simulated }) => simulated) && <SimulatedNotice />}
      <Sentence name="Whose labels are compared">
        <span>On</span>
        {labels.length > 1 ? (
          <Choice
            name="Label"
            set={search.label !== undefined}
            options={labels.map((one) => [one.name, one.name])}
            chosen={label}
            onChoose={(chosen) => change({ label: chosen })}
          />
        ) : (
          <span>{name}</span>
        )}
        <span>between</span>
        <Several
          name="Between"
          any="anybody but gold"
          joined="and"
          options={choices.map((by) => ({ value: written(by), text: annotatorWords(by) }))}
          chosen={search.among?.map(written) ?? []}
          onChoose={(chosen) =>
            change({ among: chosen && choices.filter((by) => chosen.includes(written(by))) })
          }
        />
        {where && isNarrowed(search) && (
          <>
            <span>on records</span>
            <UnstyledButton
              className={partStyles.part}
              data-set
              onClick={() => change({ ...everything, label: search.label })}
              title={`${conditionWords(where)}: compare on all records`}
            >
              {conditionWords(where)} <span aria-hidden="true">×</span>
              <span className="spoken">, remove</span>
            </UnstyledButton>
          </>
        )}
      </Sentence>
      {name === undefined && (
        <EmptyState title="Nothing is asked of these records yet">
          <p>With a schema and labels of two annotators there is something to compare.</p>
        </EmptyState>
      )}
      {alone && (
        <EmptyState title="Nobody to compare yet">
          <p>{alone.what}</p>
          <p>{alone.next}</p>
        </EmptyState>
      )}
      {asked.error && !alone && <ProblemNotice error={asked.error} onRetry={asked.refetch} />}
      {asked.data && !asked.error && (
        <Matrix
          project={project}
          disagreement={asked.data}
          simulated={new Set(jobs.flatMap(({ id, simulated }) => (simulated ? [id] : [])))}
          narrowed={(condition) => ({
            ...search,
            ...withCondition(search, condition),
            panel: undefined,
            among: undefined,
          })}
        />
      )}
    </Page>
  );
}

/** Each once, in order of appearance. */
const annotators = (given: readonly AnnotatorReference[]): AnnotatorReference[] => [
  ...new Map(given.map((by) => [written(by), by])).values(),
];
