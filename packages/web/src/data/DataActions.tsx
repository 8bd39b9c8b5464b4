import type { Condition, Count } from "@countersign/core";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { about } from "../format/number.ts";
import { ExportButton } from "./export/ExportButton.tsx";
import { MoreActions } from "./MoreActions.tsx";
import type { Kind } from "./metadata/typed.ts";

export interface DataActionsProps {
  readonly project: string;
  /** The condition of the records shown; all if undefined. */
  readonly where: Condition | undefined;
  /** What comes next for them; without a schema they cannot be labelled. */
  readonly next: "schema" | "label" | "review";
  /** How many they are; null while they are counted. */
  readonly total: Count | null;
  /** Names of metadata that the records shown have, each with the kind of its values. */
  readonly names: ReadonlyMap<string, Kind>;
  readonly onDisagreement: () => void;
}

/** What may be done with the records. */
export function DataActions({
  project,
  where,
  next,
  total,
  names,
  onDisagreement,
}: DataActionsProps) {
  return (
    <>
      <Button component={Link} to={`/p/${project}/data?panel=import`} variant="default">
        Import
      </Button>
      <Button component={Link} to={`/p/${project}/data?panel=schema`} variant="default">
        Schema
      </Button>
      <Button
        renderRoot={(props) => (
          <Link
            {...props}
            to="/p/$project/assignments"
            params={{ project }}
            search={{ panel: "new", where }}
          />
        )}
        variant="default"
        disabled={!total?.n || next === "schema"}
      >
        Assign
      </Button>
      <ExportButton project={project} where={where} total={total} />
      <MoreActions
        project={project}
        where={where}
        total={total}
        names={names}
        onDisagreement={onDisagreement}
      />
      <Button
        renderRoot={(props) => (
          <Link {...props} to="/p/$project/agents" params={{ project }} search={{ where }} />
        )}
        variant={next === "label" ? "filled" : "default"}
        disabled={!total?.n || next === "schema"}
      >
        Label {total === null ? "records" : about(total, "record")}
      </Button>
    </>
  );
}
