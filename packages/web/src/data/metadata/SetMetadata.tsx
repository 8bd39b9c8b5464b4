import { Autocomplete, Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import styles from "./SetMetadata.module.css";
import { type Kind, scalarOf, type Written } from "./typed.ts";
import { ValueFields } from "./ValueFields.tsx";

/** One name of the metadata, to be set to a value or taken away. */
export interface SetOne {
  readonly name: string;
  /** undefined: the name is taken away. */
  readonly value: string | number | boolean | undefined;
}

export interface SetMetadataProps {
  /** Names that are known, each with the kind of its values. */
  readonly names: ReadonlyMap<string, Kind>;
  /** How the value under a name would be written where there is one. */
  readonly valueAt?: (name: string) => Written | undefined;
  /** Whether there is something under a name to be taken away. */
  readonly isThere: (name: string) => boolean;
  readonly busy: boolean;
  readonly onSet: (change: SetOne) => void;
  readonly onClose: () => void;
  /** Said above the buttons. */
  readonly children?: ReactNode;
}

/** A name and its value, with the value’s kind. */
export function SetMetadata(props: SetMetadataProps) {
  const { names, valueAt, isThere, busy, onSet, onClose, children } = props;
  const [name, setName] = useState("");
  const [written, setWritten] = useState<Written>({ kind: "text", text: "" });
  const value = scalarOf(written);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== undefined) onSet({ name, value });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Autocomplete
        label="Name"
        data={[...names.keys()]}
        value={name}
        onChange={(chosen) => {
          setName(chosen);
          const kind = names.get(chosen);
          const there = valueAt?.(chosen);
          if (there) setWritten(there);
          else if (kind) setWritten({ kind, text: kind === "boolean" ? "true" : "" });
        }}
        comboboxProps={{ withinPortal: false }}
        maxLength={200}
        data-autofocus
        required
      />
      <ValueFields written={written} onChange={setWritten} />
      {children}
      <div className={styles.acts}>
        <Button type="submit" disabled={name === "" || value === undefined} loading={busy}>
          Set {name === "" ? "it" : name}
        </Button>
        {isThere(name) && (
          <Button
            variant="default"
            disabled={busy}
            onClick={() => onSet({ name, value: undefined })}
          >
            Remove {name}
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {busy ? "Stop" : "Close"}
        </Button>
      </div>
    </form>
  );
}
