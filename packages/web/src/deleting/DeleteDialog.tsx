import type { Deletion } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import styles from "./DeleteDialog.module.css";
import { Lost } from "./Lost.tsx";

export interface DeleteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The act, as its button says it: “Delete job 3”. */
  readonly act: string;
  /** What is asked for what would go. */
  readonly of: Parameters<Countersign["deletions"]["preview"]>[0];
  /** A name that has to be typed first, where much goes. */
  readonly name?: string;
  readonly remove: () => Promise<Deletion>;
  readonly onDeleted: (deletion: Deletion) => void;
}

/** Tells what would be lost, and deletes it when that is said by name. */
export function DeleteDialog(props: DeleteDialogProps) {
  return (
    <Modal.Root opened={props.opened} onClose={props.onClose}>
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label={props.act}>
        <Modal.Body>
          <Asked {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Asked({ onClose, act, of, name, remove, onDeleted }: DeleteDialogProps) {
  const client = useClient();
  const [typed, setTyped] = useState("");
  const lost = useQuery({
    queryKey: [of.project, "lost", of],
    queryFn: ({ signal }) => client.deletions.preview(of, { signal }),
    gcTime: 0,
  });
  const deleting = useMutation({ mutationFn: remove, onSuccess: onDeleted });
  const error = lost.error ?? deleting.error;
  return (
    <form
      className={styles.panel}
      onSubmit={(event) => {
        event.preventDefault();
        deleting.mutate();
      }}
    >
      <h2 className={styles.title}>{act}?</h2>
      {lost.data ? <Lost lost={lost.data} /> : !error && <p>Counting what would go …</p>}
      {name !== undefined && (
        <TextInput
          label={`To go on, type the project’s name: ${name}`}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {error && <ProblemNotice error={error} />}
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button
          type="submit"
          variant="default"
          className={styles.act}
          disabled={!lost.data || (name !== undefined && typed !== name)}
          loading={deleting.isPending}
        >
          {act}
        </Button>
      </div>
    </form>
  );
}
