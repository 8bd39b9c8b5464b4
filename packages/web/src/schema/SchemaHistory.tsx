import { kindWords, optionsOf, type SchemaChange } from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../client/ClientProvider.tsx";
import { counted } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { OptionMark } from "../label/OptionMark.tsx";
import { schemaHistory } from "./queries.ts";
import styles from "./SchemaHistory.module.css";

export interface SchemaHistoryProps {
  readonly project: string;
  readonly newest: number;
}

/** The versions before this one, each to be unfolded; nothing while there is but one. */
export function SchemaHistory({ project, newest }: SchemaHistoryProps) {
  const history = useQuery({ ...schemaHistory(useClient(), project), enabled: newest > 1 });
  const earlier = history.data?.filter(({ version }) => version !== newest) ?? [];
  if (earlier.length === 0) return null;
  const latest = history.data?.find(({ version }) => version === newest);
  return (
    <section className={styles.history}>
      {latest && <Changes version={newest} changes={latest.changes} Heading="h2" />}
      <h2>Earlier versions</h2>
      {earlier.map(({ version, document, changes, createdAt, createdBy }) => (
        <details key={version}>
          <summary>
            Version {version}, {counted(document.labels.length, "label")}, <When at={createdAt} />{" "}
            by {createdBy}
          </summary>
          <Changes version={version} changes={changes} Heading="h3" />
          {document.labels.map((label) => (
            <div key={label.name} className={styles.label}>
              <h3>
                {label.name} <small>({kindWords(label)})</small>
              </h3>
              {label.description && <p>{label.description}</p>}
              <ul>
                {optionsOf(label).map((option, place) => (
                  <li key={option.value}>
                    <OptionMark place={place} colour={option.colour} /> {option.text}
                    {option.text !== option.value && ` (${option.value})`}
                    {option.description && `: ${option.description}`}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      ))}
    </section>
  );
}

/** What a version changed against the one before, a line each. */
function Changes({
  version,
  changes,
  Heading,
}: {
  readonly version: number;
  readonly changes: readonly SchemaChange[];
  readonly Heading: "h2" | "h3";
}) {
  if (changes.length === 0) return null;
  return (
    <div className={styles.changes}>
      <Heading>Changed in version {version}</Heading>
      <ul>
        {changes.map(({ what }) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
    </div>
  );
}
