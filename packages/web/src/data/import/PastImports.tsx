import type { Import } from "@countersign/core";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { bytes, count, wholePercent } from "../../format/number.ts";
import { When } from "../../format/When.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { Table } from "../../shell/Table.tsx";
import { GoOn } from "./GoOn.tsx";
import styles from "./PastImports.module.css";
import { newestImports } from "./queries.ts";
import { Rejections } from "./Rejections.tsx";
import { RemoveImport } from "./RemoveImport.tsx";
import type { Source } from "./source.ts";

/** So many are shown at first, and more each time. */
const step = 20;

export interface PastImportsProps {
  readonly project: string;
  /** Called with what is to be gone on with. */
  readonly onGoOn: (source: Source) => void;
}

/** What came in before, or is on its way, the newest first; nothing while nothing did. */
export function PastImports({ project, onGoOn }: PastImportsProps) {
  const client = useClient();
  const [most, setMost] = useState(step);
  const imports = useQuery(newestImports(client, project, most + 1));
  const shown = imports.data?.slice(0, most) ?? [];
  if (imports.error) return <ProblemNotice error={imports.error} onRetry={imports.refetch} />;
  if (shown.length === 0) return null;
  return (
    <section className={styles.past}>
      <h2>Imported before</h2>
      <Table
        name="Imports"
        head={
          <>
            <th scope="col">File</th>
            <th scope="col">State</th>
            <th scope="col">When</th>
            <th scope="col" data-n>
              Added
            </th>
            <th scope="col" data-n>
              Changed
            </th>
            <th scope="col" data-n>
              Rejected
            </th>
            <th scope="col">
              <span className="spoken">What may be done</span>
            </th>
          </>
        }
      >
        {shown.map((one) => (
          <tr key={one.id}>
            <td>
              <span className={styles.name}>{one.name}</span>
              {one.size !== null && <span className={styles.aside}> {bytes(one.size)}</span>}
            </td>
            <td data-name="State">{stateOf(one)}</td>
            <td data-name="When">
              <span>
                <When at={one.finishedAt ?? one.createdAt} /> by {one.createdBy}
              </span>
            </td>
            <td data-name="Added" data-n>
              {one.report ? count(one.report.added) : "–"}
            </td>
            <td data-name="Changed" data-n>
              {one.report ? count(one.report.updated + one.report.updatedLabels) : "–"}
            </td>
            <td data-name="Rejected" data-n>
              {count(one.rejected)}
            </td>
            <td>
              <div className={styles.acts}>
                {one.rejected > 0 && <Rejections project={project} id={one.id} listed={one.name} />}
                <GoOn import={one} onGoOn={onGoOn} />
                {one.state !== "imported" && one.state !== "importing" && (
                  <RemoveImport project={project} import={one} />
                )}
              </div>
            </td>
          </tr>
        ))}
      </Table>
      {(imports.data?.length ?? 0) > most && (
        <Button variant="default" onClick={() => setMost(most + step)}>
          Show older ones
        </Button>
      )}
    </section>
  );
}

function stateOf({ state, received, size }: Import): string {
  switch (state) {
    case "receiving":
      return size ? `${wholePercent(received / size)} sent` : `${bytes(received)} here`;
    case "received":
      return "here, not imported yet";
    case "importing":
      return "being imported …";
    case "imported":
      return "imported";
    case "rejected":
      return "refused, nothing stored";
  }
}
