import type { Condition, Count } from "@countersign/core";
import { Checkbox, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { about, count } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./SetMetadata.module.css";
import { SetMetadata, type SetOne } from "./SetMetadata.tsx";
import type { Kind } from "./typed.ts";

export interface OfManyProps {
  readonly project: string;
  /** The condition of the records; all if undefined. */
  readonly where: Condition | undefined;
  readonly total: Count | null;
  /** Names that are known, each with the kind of its values. */
  readonly names: ReadonlyMap<string, Kind>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** So many records are given a value in one request. */
const batch = 1000;

/** Sets or takes away metadata of all the records shown, from page to page. */
export function OfMany(props: OfManyProps) {
  return (
    <Modal.Root opened={props.opened} onClose={props.onClose}>
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label="Set metadata">
        <Modal.Body>
          <Form {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Form({ project, where, total, names, onClose }: OfManyProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [keep, setKeep] = useState(false);
  const [done, setDone] = useState<number>();
  const stopping = useRef<AbortController>(undefined);
  const setting = useMutation({
    mutationFn: async ({ name, value }: SetOne) => {
      stopping.current = new AbortController();
      const { signal } = stopping.current;
      if (value === undefined)
        return client.records.removeMetadata({ project, where, names: [name] }, { signal });
      return client.records.annotate(
        { project, where, name, batch, redo: !keep, onProgress: ({ seen }) => setDone(seen) },
        (records) => records.map(() => value),
        { signal },
      );
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: [project] }),
  });
  const stopped = stopping.current?.signal.aborted;
  return (
    <div className={styles.dialog}>
      <h2>Set metadata of {total === null ? "the records" : about(total, "record")}</h2>
      <SetMetadata
        names={names}
        isThere={(name) => names.has(name)}
        busy={setting.isPending}
        onSet={setting.mutate}
        onClose={() => (setting.isPending ? stopping.current?.abort() : onClose())}
      >
        <Checkbox
          label="Only where the name is missing"
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
        <p className={styles.aside} aria-live="polite">
          {setting.isPending &&
            done !== undefined &&
            `${count(done)} records so far. What is set stays set if you stop.`}
          {stopped && !setting.isPending && "Stopped. What was set stays set."}
        </p>
        {setting.error && !stopped && <ProblemNotice error={setting.error} />}
      </SetMetadata>
    </div>
  );
}
