import { Page } from "../shell/Page.tsx";

export function Data() {
  return <Page title="Data">{null}</Page>;
}
