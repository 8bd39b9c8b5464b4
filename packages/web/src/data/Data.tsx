import { getRouteApi } from "@tanstack/react-router";
import { SchemaPage } from "../schema/SchemaPage.tsx";
import { DisagreementPage } from "./disagreement/DisagreementPage.tsx";
import { ImportPage } from "./import/ImportPage.tsx";
import { Records } from "./Records.tsx";

const route = getRouteApi("/p/$project/data");

/** The project's data: its records, or what stands in their place while one imports or asks. */
export function Data() {
  const { project } = route.useParams();
  const { panel } = route.useSearch();
  if (panel === "import") return <ImportPage project={project} />;
  if (panel === "schema") return <SchemaPage project={project} />;
  if (panel === "disagreement") return <DisagreementPage project={project} />;
  return <Records project={project} />;
}
