import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { EmptyState } from "../shell/EmptyState.tsx";
import { Page } from "../shell/Page.tsx";
import { useReviewAddress } from "./search/use-review-search.ts";
import { useSubject } from "./use-subject.ts";
import { Workplace } from "./Workplace.tsx";

export { ReviewSearch, reviewDefaults } from "./search/review-search.ts";

/** The review page: a machine's labels, countersigned by a person one by one or in a table. */
export function Review() {
  const { project, search, change } = useReviewAddress();
  const state = useSubject(project, search);
  switch (state.is) {
    case "loading":
      return <Page title="Review">{null}</Page>;
    case "failed":
      return (
        <Page title="Review">
          <ProblemNotice error={state.error} onRetry={state.retry} />
        </Page>
      );
    case "no-labels":
      return (
        <Page title="Review">
          <EmptyState
            title="Nothing to review yet"
            action={
              <Button
                renderRoot={(props) => (
                  <Link to="/p/$project/jobs" params={{ project }} {...props} />
                )}
              >
                Go to jobs
              </Button>
            }
          >
            A job lets a model label records. What it labels is reviewed here, and so are labels of
            a model that come with an import.
          </EmptyState>
        </Page>
      );
    case "ready": {
      const { by, definition } = state.subject.reviewed;
      return (
        <Workplace
          key={JSON.stringify([project, by, definition.name])}
          project={project}
          subject={state.subject}
          search={search}
          change={change}
        />
      );
    }
  }
}
