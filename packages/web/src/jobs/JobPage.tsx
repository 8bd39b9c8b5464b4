import { Page } from "../shell/Page.tsx";

export function JobPage() {
  return <Page title="Job">{null}</Page>;
}
