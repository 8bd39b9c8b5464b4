import type { Label, LabelDefinition, LabelValue } from "@countersign/core";
import { type RefObject, useState } from "react";
import { ConfidenceBar } from "../../label/ConfidenceBar.tsx";
import { ConfidenceNumber } from "../../label/ConfidenceNumber.tsx";
import { LabelChip } from "../../label/LabelChip.tsx";
import { Simulated } from "../../label/Simulated.tsx";
import { answersOf, valuesOf } from "../../label/value.ts";
import { answerKey } from "../keys/option-keys.ts";
import { findOptions } from "./find-options.ts";
import { OptionButton } from "./OptionButton.tsx";
import { OptionFilter } from "./OptionFilter.tsx";
import styles from "./Options.module.css";
import { type Marks, optionHand } from "./option-hand.ts";

/** With more options than digits a person looks for one by name. */
const many = 9;

export interface OptionsProps {
  readonly definition: LabelDefinition;
  readonly label: Label;
  readonly marks: Marks;
  readonly finder: RefObject<HTMLInputElement | null>;
  readonly onChoose: (option: string) => void;
}

/** The options in schema order, each in the place it has for every record. */
export function Options({ definition, label, marks, finder, onChoose }: OptionsProps) {
  const [typed, setTyped] = useState("");
  const options = answersOf(definition);
  const found = findOptions(options, typed);
  const crowded = options.length > many;
  return (
    <>
      <fieldset className={styles.options} data-crowded={crowded || undefined}>
        <legend className={styles.asked} title={definition.description}>
          {definition.name}
          {definition.description && ` – ${definition.description}`}
        </legend>
        {options.map((option, place) => (
          <OptionButton
            key={option.value}
            option={option}
            place={place}
            shortcut={answerKey(definition, option, place)}
            hand={optionHand(marks, option.value)}
            note={
              !crowded && isFirst(marks.suggested, option.value) && <Suggestion label={label} />
            }
            dimmed={typed !== "" && !found.includes(option)}
            onChoose={onChoose}
          />
        ))}
      </fieldset>
      {crowded && (
        <div className={styles.found}>
          <OptionFilter
            input={finder}
            typed={typed}
            found={found}
            onType={setTyped}
            onChoose={onChoose}
          />
          {marks.suggested !== undefined && (
            <span className={styles.suggested}>
              suggested <LabelChip definition={definition} label={{ ...label, ...unverified }} />
            </span>
          )}
        </div>
      )}
    </>
  );
}

/** The machine's word alone, whatever a person said of it. */
const unverified = { status: "unverified", verified: null } as const;

const isFirst = (suggested: LabelValue | undefined, option: string): boolean =>
  suggested !== undefined && valuesOf(suggested)[0] === option;

/** Whose suggestion it is and how sure the machine was, as a bar as wide as the option. */
function Suggestion({ label }: { readonly label: Label }) {
  return (
    <>
      <ConfidenceBar value={label.confidence} />◂ suggested{" "}
      <ConfidenceNumber value={label.confidence} /> {label.metadata.simulated && <Simulated />}
    </>
  );
}
