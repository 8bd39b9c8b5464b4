import { Autocomplete, Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Kind } from "../../metadata/typed.ts";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";
import { ComparisonFields } from "./ComparisonFields.tsx";
import { comparisonOf, nothingCompared } from "./comparison.ts";

export interface MetadataFormProps extends AddFormProps {
  /** Names that the records shown have, each with the kind of its values. */
  readonly names: ReadonlyMap<string, Kind>;
}

/** Compares one value of the metadata. */
export function MetadataForm({ names, act, onAdd }: MetadataFormProps) {
  const [[first = "", firstKind = "text"] = []] = names;
  const [name, setName] = useState(first);
  const [compared, setCompared] = useState({
    ...nothingCompared,
    operand: startOf(firstKind),
  });
  const comparison = comparisonOf(compared);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (comparison) onAdd({ metadata: { [name]: comparison } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Autocomplete
        label="Metadata"
        data={[...names.keys()]}
        value={name}
        onChange={(chosen) => {
          setName(chosen);
          const kind = names.get(chosen);
          if (kind !== undefined && kind !== compared.operand.kind)
            setCompared({ ...nothingCompared, operand: startOf(kind) });
        }}
        // In a portal, choosing a name would count as a click beside the form and close it.
        comboboxProps={{ withinPortal: false }}
        required
      />
      <ComparisonFields compared={compared} onChange={setCompared} />
      <Button type="submit" disabled={name === "" || !comparison}>
        {act}
      </Button>
    </form>
  );
}

const startOf = (kind: Kind) => ({ kind, text: kind === "boolean" ? "true" : "" });
