import type { Condition } from "@countersign/core";
import { Button, SegmentedControl, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import partStyles from "../../../sentence/Part.module.css";
import { conditionWords } from "../words.ts";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

const ways = [
  { value: "any", label: "any of these" },
  { value: "all", label: "all of these" },
  { value: "not", label: "none of these" },
] as const;

type Way = (typeof ways)[number]["value"];

export interface GroupFormProps extends Pick<AddFormProps, "act" | "onAdd"> {
  /** Makes one condition of the group. */
  readonly form: (onAdd: AddFormProps["onAdd"]) => ReactNode;
}

/** Puts several conditions together, of which any, all or none are to hold. */
export function GroupForm({ form, act, onAdd }: GroupFormProps) {
  const [way, setWay] = useState<Way>("any");
  const [parts, setParts] = useState<readonly Condition[]>([]);
  const join = () => {
    const conditions = [...parts];
    if (way === "any") onAdd({ any: conditions });
    else onAdd(way === "all" ? { all: conditions } : { not: conditions });
  };
  return (
    <section className={styles.group} aria-label="Several conditions">
      <SegmentedControl
        aria-label="How many are to hold"
        data={[...ways]}
        value={way}
        onChange={setWay}
      />
      {parts.length > 0 && (
        <ul className={styles.parts}>
          {parts.map((part, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
            <li key={place}>
              <UnstyledButton
                className={partStyles.part}
                data-set
                onClick={() => setParts(parts.filter((_, at) => at !== place))}
              >
                {conditionWords(part)} <span aria-hidden="true">×</span>
                <span className="spoken">, remove</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {/* A new one each time, so that the last one's words are gone. */}
      <div key={parts.length} className={styles.inner}>
        {form((part) => setParts([...parts, part]))}
      </div>
      <Button onClick={join} disabled={parts.length < (way === "not" ? 1 : 2)}>
        {act} by {parts.length === 0 ? "them" : `these ${parts.length}`}
      </Button>
    </section>
  );
}
