import { type Export, isFinished } from "@countersign/core";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";
import { counted, wholePercent } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./Files.module.css";
import { formats } from "./formats.ts";
import { save } from "./save.ts";

export const filesKey = (project: string) => [project, "exports"];

/** Files of the project that are written, or being written, in the background; the newest first. */
export function Files({ project }: { readonly project: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const files = useQuery({
    queryKey: filesKey(project),
    queryFn: async ({ signal }) =>
      (await client.exports.list({ project, limit: 5 }, { signal })).items,
    refetchInterval: ({ state }) => (state.data?.every(isFinished) === false ? 1_000 : false),
  });
  const onSettled = () => queries.invalidateQueries({ queryKey: filesKey(project) });
  const taking = useMutation({
    mutationFn: async ({ id, filename }: Export) =>
      save(await client.exports.file({ project, export: id }), filename),
  });
  const cancelling = useMutation({
    mutationFn: ({ id }: Export) => client.exports.cancel({ project, export: id }),
    onSettled,
  });
  const shown = files.data?.filter(({ state }) => state !== "cancelled") ?? [];
  const error = files.error ?? taking.error ?? cancelling.error;
  if (shown.length === 0 && !error) return null;
  return (
    <section aria-label="Files written in the background">
      <ul className={styles.files}>
        {shown.map((file) => (
          <li key={file.id} className={styles.file}>
            <span>
              {formats[file.options.format]}, {told(file)}
            </span>
            {file.state === "done" && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => taking.mutate(file)}
                loading={taking.isPending && taking.variables.id === file.id}
                aria-label={`Download ${file.filename}, export ${file.id}`}
              >
                Download
              </Button>
            )}
            {!isFinished(file) && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => cancelling.mutate(file)}
                aria-label={`Stop export ${file.id}`}
              >
                Stop
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error && <ProblemNotice error={error} />}
    </section>
  );
}

function told({ state, records, problem }: Export): string {
  if (state === "failed") return problem?.what ?? "failed";
  if (state === "done") return counted(records.done, "record");
  if (state === "waiting" || !records.total) return "waiting";
  return `${wholePercent(records.done / records.total)} written`;
}
