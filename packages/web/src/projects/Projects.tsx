import { Page } from "../shell/Page.tsx";

export function Projects() {
  return <Page title="Projects">{null}</Page>;
}
