import type { Condition, Count } from "@countersign/core";
import { useQueryClient } from "@tanstack/react-query";
import { useClient } from "../client/ClientProvider.tsx";
import { DeleteDialog } from "../deleting/DeleteDialog.tsx";
import { about } from "../format/number.ts";

export interface DeleteRecordsProps {
  readonly project: string;
  /** The condition of the records shown; all if undefined. */
  readonly where: Condition | undefined;
  readonly total: Count | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Deletes the records shown. Where they are all there are, the project's name is asked for. */
export function DeleteRecords({ project, where, total, opened, onClose }: DeleteRecordsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const of = { project, where: where ?? { all: [] } };
  return (
    <DeleteDialog
      opened={opened}
      onClose={onClose}
      act={`Delete ${total === null ? "records" : about(total, "record")}`}
      of={of}
      {...(where === undefined && { name: project })}
      remove={() => client.records.remove(of)}
      onDeleted={async () => {
        onClose();
        await queries.invalidateQueries({ queryKey: [project] });
      }}
    />
  );
}
