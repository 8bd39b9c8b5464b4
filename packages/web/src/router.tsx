import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  stripSearchParams,
} from "@tanstack/react-router";
import { Agents } from "./agents/Agents.tsx";
import { AgentsSearch } from "./agents/search.ts";
import { AssignmentPage } from "./assignments/AssignmentPage.tsx";
import { Assignments } from "./assignments/Assignments.tsx";
import { AssignmentsSearch } from "./assignments/search.ts";
import { Work } from "./assignments/work/Work.tsx";
import { Data } from "./data/Data.tsx";
import { DataSearch, dataDefaults } from "./data/search.ts";
import { JobPage } from "./jobs/JobPage.tsx";
import { Jobs } from "./jobs/Jobs.tsx";
import { ProblemNotice } from "./problem/ProblemNotice.tsx";
import { Projects } from "./projects/Projects.tsx";
import { Review, ReviewSearch, reviewDefaults } from "./review/index.tsx";
import { NotFound } from "./shell/NotFound.tsx";
import { Page } from "./shell/Page.tsx";
import { Shell } from "./shell/Shell.tsx";

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => (
    <Page title="This page could not be shown">
      <ProblemNotice error={error} />
    </Page>
  ),
});

const house = createRoute({ getParentRoute: () => root, id: "house", component: () => <Shell /> });

const projects = createRoute({ getParentRoute: () => house, path: "/", component: Projects });

const project = createRoute({
  getParentRoute: () => root,
  path: "/p/$project",
  component: function ProjectShell() {
    return <Shell project={project.useParams().project} />;
  },
});

const projectStart = createRoute({
  getParentRoute: () => project,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/p/$project/data", params });
  },
});

const data = createRoute({
  getParentRoute: () => project,
  path: "/data",
  validateSearch: DataSearch,
  search: { middlewares: [stripSearchParams(dataDefaults)] },
  component: Data,
});

const agents = createRoute({
  getParentRoute: () => project,
  path: "/agents",
  validateSearch: AgentsSearch,
  component: Agents,
});

const jobs = createRoute({ getParentRoute: () => project, path: "/jobs", component: Jobs });

const job = createRoute({ getParentRoute: () => project, path: "/jobs/$job", component: JobPage });

const review = createRoute({
  getParentRoute: () => project,
  path: "/review",
  validateSearch: ReviewSearch,
  search: { middlewares: [stripSearchParams(reviewDefaults)] },
  component: Review,
});

const assignments = createRoute({
  getParentRoute: () => project,
  path: "/assignments",
  validateSearch: AssignmentsSearch,
  component: Assignments,
});

const assignment = createRoute({
  getParentRoute: () => project,
  path: "/assignments/$assignment",
  component: AssignmentPage,
});

const work = createRoute({
  getParentRoute: () => project,
  path: "/assignments/$assignment/work",
  component: Work,
});

export const router = createRouter({
  routeTree: root.addChildren([
    house.addChildren([projects]),
    project.addChildren([
      projectStart,
      data,
      agents,
      jobs,
      job,
      review,
      assignments,
      assignment,
      work,
    ]),
  ]),
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
