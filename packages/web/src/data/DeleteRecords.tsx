import type { Condition, Count } from "@countersign/core";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { DeleteDialog } from "../deleting/DeleteDialog.tsx";
import { about } from "../format/number.ts";

export interface DeleteRecordsProps {
  readonly project: string;
  /** The condition of the records shown; all if undefined. */
  readonly where: Condition | undefined;
  readonly total: Count | null;
}

/** Deletes the records shown. Where they are all there are, the project's name is asked for. */
export function DeleteRecords({ project, where, total }: DeleteRecordsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const of = { project, where: where ?? { all: [] } };
  return (
    <>
      <Button variant="default" disabled={!total?.n} onClick={() => setOpened(true)}>
        Delete …
      </Button>
      <DeleteDialog
        opened={opened}
        onClose={() => setOpened(false)}
        act={`Delete ${total === null ? "records" : about(total, "record")}`}
        of={of}
        {...(where === undefined && { name: project })}
        remove={() => client.records.remove(of)}
        onDeleted={async () => {
          setOpened(false);
          await queries.invalidateQueries({ queryKey: [project] });
        }}
      />
    </>
  );
}
