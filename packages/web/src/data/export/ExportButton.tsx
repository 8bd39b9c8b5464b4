import type { Condition, Count } from "@countersign/core";
import { Button, Checkbox, Popover } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { about } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./ExportButton.module.css";
import { save } from "./save.ts";

export interface ExportButtonProps {
  readonly project: string;
  readonly where: Condition | undefined;
  readonly total: Count | null;
}

/** Takes the records shown away as a file, each with its labels and where the final one comes from. */
export function ExportButton({ project, where, total }: ExportButtonProps) {
  const client = useClient();
  const [keepFormulas, setKeepFormulas] = useState(false);
  const exporting = useMutation({
    mutationFn: async (format: "jsonl" | "csv") => {
      const formulas = keepFormulas ? "keep" : "escape";
      const file = await client.records.export({ project, format, where, formulas });
      await save(file, `${project}.${format}`);
    },
  });
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={320}>
      <Popover.Target>
        <Button variant="default" disabled={!total?.n}>
          Export
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Export" className={styles.panel}>
        <p>
          {total && about(total, "record")}, each with the model’s label and confidence, the
          verdict, and the final label with its source.
        </p>
        <div className={styles.formats}>
          {(["jsonl", "csv"] as const).map((format) => (
            <Button
              key={format}
              variant="default"
              onClick={() => exporting.mutate(format)}
              loading={exporting.isPending && exporting.variables === format}
              disabled={exporting.isPending}
            >
              {format === "csv" ? "CSV" : "JSON Lines"}
            </Button>
          ))}
        </div>
        <Checkbox
          label="CSV: keep formulas as they are"
          description="Otherwise a cell that a spreadsheet would run gets an apostrophe in front."
          checked={keepFormulas}
          onChange={(event) => setKeepFormulas(event.currentTarget.checked)}
        />
        {exporting.error && <ProblemNotice error={exporting.error} />}
      </Popover.Dropdown>
    </Popover>
  );
}
