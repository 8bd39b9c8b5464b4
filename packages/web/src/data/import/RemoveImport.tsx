import type { Import } from "@countersign/core";
import { Button, Popover } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { bytes } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./PastImports.module.css";
import { importsKey } from "./queries.ts";

export interface RemoveImportProps {
  readonly project: string;
  readonly import: Import;
}

/** Gives up an import that is not done, when what that means has been read. */
export function RemoveImport({ project, import: one }: RemoveImportProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const removing = useMutation({
    mutationFn: () => client.imports.remove({ project, import: one.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: importsKey(project) }),
  });
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setOpened(!opened)}
          aria-label={`Remove ${one.name} …`}
        >
          Remove …
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Remove ${one.name}`}>
        <div className={styles.ask}>
          <p>
            The {bytes(one.received)} that are here go, with the list of rejected rows. No record
            came of them.
          </p>
          <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
            Remove {one.name}
          </Button>
          {removing.error && <ProblemNotice error={removing.error} />}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
