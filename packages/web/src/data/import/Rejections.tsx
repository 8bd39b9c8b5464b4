import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { save } from "../export/save.ts";

export interface RejectionsProps {
  readonly project: string;
  readonly id: number;
  /** The file's name, where it stands in a list of them. */
  readonly listed?: string;
}

/** Saves the list of every row that could not be taken. */
export function Rejections({ project, id, listed }: RejectionsProps) {
  const client = useClient();
  const saving = useMutation({
    mutationFn: async () =>
      save(await client.imports.rejections({ project, import: id }), `import-${id}-rejected.csv`),
  });
  return (
    <>
      <Button
        variant="default"
        {...(listed !== undefined && {
          size: "compact-sm",
          "aria-label": `Save rejected rows of ${listed}`,
        })}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {listed === undefined ? "Save all rejected rows as CSV" : "Save rejected"}
      </Button>
      {saving.error && <ProblemNotice error={saving.error} />}
    </>
  );
}
