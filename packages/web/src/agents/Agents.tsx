import { Page } from "../shell/Page.tsx";

export function Agents() {
  return <Page title="Agents">{null}</Page>;
}
