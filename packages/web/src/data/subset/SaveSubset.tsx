import type { Condition, Sort, Strata } from "@countersign/core";
import { Button, NativeSelect, NumberInput, Radio, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { Part } from "../../sentence/Part.tsx";
import styles from "../filter/add/AddForm.module.css";

export interface SaveSubsetProps {
  readonly project: string;
  readonly where: Condition | undefined;
  readonly sort: Sort;
  /** Names of metadata that a sample may be drawn by. */
  readonly names: readonly string[];
  /** Called with the name of the subset that was made. */
  readonly onSaved: (subset: string) => void;
}

type Kind = "frozen" | "search" | "sample";

/** The part of the sentence that keeps what is shown as a subset. */
export function SaveSubset({ onSaved, ...props }: SaveSubsetProps) {
  return (
    <Part name="Subset" says="save as subset" set={false}>
      {(close) => (
        <SaveForm
          {...props}
          onSaved={(subset) => {
            close();
            onSaved(subset);
          }}
        />
      )}
    </Part>
  );
}

function SaveForm({ project, where, sort, names, onSaved }: SaveSubsetProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("frozen");
  const [size, setSize] = useState(100);
  const [seed, setSeed] = useState<number | "">("");
  const [by, setBy] = useState("");
  const [equal, setEqual] = useState(false);
  const strata: Strata | undefined = by === "" ? undefined : { metadata: by };
  const saving = useMutation({
    mutationFn: () =>
      kind === "sample"
        ? client.subsets.sample({
            project,
            name,
            size,
            where,
            ...(seed !== "" && { seed }),
            ...(strata && { strata }),
            allocation: equal ? "equal" : "proportional",
          })
        : client.subsets.create({ project, name, kind, where, sort }),
    onSuccess: (subset) => {
      queries.invalidateQueries({ queryKey: [project, "subsets"] });
      onSaved(subset.name);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        required
        data-autofocus
      />
      <Radio.Group
        label="What is kept"
        value={kind}
        onChange={(value) => setKind(value === "search" || value === "sample" ? value : "frozen")}
      >
        <Radio mt={8} value="frozen" label="These records, in this order" />
        <Radio mt={8} value="search" label="The search: whatever it finds later" />
        <Radio mt={8} value="sample" label="A random sample of them" />
      </Radio.Group>
      {kind === "sample" && (
        <>
          <NumberInput
            label="Records drawn"
            value={size}
            onChange={(value) => setSize(typeof value === "number" ? value : 100)}
            min={1}
            allowDecimal={false}
            thousandSeparator
          />
          <NumberInput
            label="Seed"
            description="The same one draws the same records again; recorded either way."
            placeholder="chosen for you"
            value={seed}
            onChange={(value) => setSeed(typeof value === "number" ? value : "")}
            allowDecimal={false}
          />
          {names.length > 0 && (
            <NativeSelect
              label="Drawn from each"
              data={[{ value: "", label: "no strata" }, ...names]}
              value={by}
              onChange={(event) => setBy(event.currentTarget.value)}
            />
          )}
          {strata && (
            <Radio.Group
              label="From each stratum"
              value={equal ? "equal" : "proportional"}
              onChange={(value) => setEqual(value === "equal")}
            >
              <Radio mt={8} value="proportional" label="its share" />
              <Radio mt={8} value="equal" label="as many as from any other" />
            </Radio.Group>
          )}
        </>
      )}
      <Button type="submit" loading={saving.isPending} disabled={name.trim() === ""}>
        {kind === "sample" ? "Draw the sample" : "Save the subset"}
      </Button>
      {saving.error && <ProblemNotice error={saving.error} />}
    </form>
  );
}
