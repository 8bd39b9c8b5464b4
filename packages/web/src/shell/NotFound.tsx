import { Link } from "@tanstack/react-router";
import { EmptyState } from "./EmptyState.tsx";
import { Page } from "./Page.tsx";

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="There is no such page">
      <EmptyState title="The address leads nowhere" action={<Link to="/">All projects</Link>}>
        It may have been mistyped, or be one of an older version.
      </EmptyState>
    </Page>
  );
}
