import { type Condition, type Count, type ExportFormat, exportFiles } from "@countersign/core";
import { Button, Checkbox, Popover, SegmentedControl } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { about } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./ExportButton.module.css";
import { Files, filesKey } from "./Files.tsx";
import { formats } from "./formats.ts";
import { save } from "./save.ts";

export interface ExportButtonProps {
  readonly project: string;
  readonly where: Condition | undefined;
  readonly total: Count | null;
}

/** More records than this are written by the server while one goes on; fewer come at once. */
const mostAtOnce = 20_000;

/** Takes the records shown away as a file, each with its labels and where the final one comes from. */
export function ExportButton({ project, where, total }: ExportButtonProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [shape, setShape] = useState<"wide" | "long">("wide");
  const [replies, setReplies] = useState(false);
  const [keepFormulas, setKeepFormulas] = useState(false);
  const shapeName = useId();
  const large = (total?.n ?? 0) > mostAtOnce;
  const exporting = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const tabular = format !== "label-studio" && format !== "huggingface";
      const options = {
        project,
        format,
        where,
        replies,
        ...(tabular && { shape }),
        formulas: keepFormulas ? ("keep" as const) : ("escape" as const),
      };
      if (large) {
        await client.exports.create(options);
        await queries.invalidateQueries({ queryKey: filesKey(project) });
      } else {
        const file = await client.records.export(options);
        await save(file, `${project}.${exportFiles[format].extension}`);
      }
    },
  });
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={340}>
      <Popover.Target>
        <Button variant="default" disabled={!total?.n}>
          Export
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Export" className={styles.panel}>
        <p>
          {total === null ? "Records" : about(total, "record")}, each with its labels, the verdicts,
          and the final label with where it comes from.
          {large && " So many are written in the background; the file is kept for a week."}
        </p>
        <div>
          <p id={shapeName}>One row for each</p>
          <SegmentedControl
            fullWidth
            aria-labelledby={shapeName}
            value={shape}
            onChange={(value) => setShape(value === "long" ? "long" : "wide")}
            data={[
              { value: "wide", label: "record" },
              { value: "long", label: "label" },
            ]}
          />
        </div>
        <Checkbox
          label="With the models’ replies"
          checked={replies}
          onChange={(event) => setReplies(event.currentTarget.checked)}
        />
        <Checkbox
          label="CSV: keep formulas as they are"
          description="Otherwise a cell that a spreadsheet would run gets an apostrophe in front."
          checked={keepFormulas}
          onChange={(event) => setKeepFormulas(event.currentTarget.checked)}
        />
        <div className={styles.formats}>
          {(Object.keys(exportFiles) as ExportFormat[]).map((format) => (
            <Button
              key={format}
              variant="default"
              onClick={() => exporting.mutate(format)}
              loading={exporting.isPending && exporting.variables === format}
              disabled={exporting.isPending}
            >
              {formats[format]}
            </Button>
          ))}
        </div>
        {exporting.error && <ProblemNotice error={exporting.error} />}
        <Files project={project} />
      </Popover.Dropdown>
    </Popover>
  );
}
