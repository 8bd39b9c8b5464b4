import { Page } from "../shell/Page.tsx";

export function Jobs() {
  return <Page title="Jobs">{null}</Page>;
}
