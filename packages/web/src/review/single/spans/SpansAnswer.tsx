import type { Label, LabelDefinition, SpanValue } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { OptionMark } from "../../../label/OptionMark.tsx";
import { optionOf } from "../../../label/value.ts";
import { Asked, Beside } from "../Asked.tsx";
import { OptionButton } from "../OptionButton.tsx";
import options from "../Options.module.css";
import type { SingleView } from "../use-single.ts";
import written from "../Written.module.css";
import styles from "./Spans.module.css";
import type { Spans } from "./use-spans.ts";

export interface SpansAnswerProps {
  readonly definition: LabelDefinition;
  readonly label: Label;
  readonly text: string;
  readonly single: SingleView;
  readonly of: Spans;
}

/** What selected words can be, and the passages that there are. */
export function SpansAnswer({ definition, label, text, single, of }: SpansAnswerProps) {
  const { spans, taken, selected, answers } = of;
  const inHand = taken === undefined ? undefined : spans[taken];
  const said = inHand ? [inHand.value].flat().map(String) : [];
  return (
    <div className={written.answer}>
      <Asked definition={definition} />
      {of.written ? (
        <Fact key={`${inHand?.start} ${selected?.start}`} inHand={inHand} of={of} />
      ) : (
        <div className={`${options.options} ${styles.options}`}>
          {answers.map((option, place) => (
            <OptionButton
              key={option.value}
              option={option}
              place={place}
              shortcut={place < 9 ? keyFor(definition, option.value, place) : undefined}
              hand={said.includes(option.value) ? of.hand : "nobody"}
              note={undefined}
              dimmed={false}
              onChoose={of.assign}
            />
          ))}
        </div>
      )}
      <ul className={styles.list} aria-label="Passages">
        {spans.map((span, place) => (
          <li key={JSON.stringify(span)} className={styles.span} data-hand={of.hand}>
            <UnstyledButton
              className={styles.take}
              aria-pressed={place === taken}
              onClick={() => of.take(place === taken ? undefined : place)}
            >
              <Said definition={definition} span={span} />
              <span className={styles.quote} dir="auto">
                {text.slice(span.start, span.end)}
              </span>
            </UnstyledButton>
            <UnstyledButton
              className={written.act}
              onClick={() => of.remove(place)}
              aria-label={`Remove ${text.slice(span.start, span.end)}`}
            >
              ×
            </UnstyledButton>
          </li>
        ))}
        {spans.length === 0 && <li className={styles.none}>No passages.</li>}
      </ul>
      <p className={written.hint}>
        drag, or <kbd>L</kbd> <kbd>H</kbd> words <kbd>⇧ L</kbd> more <kbd>1–9</kbd> option{" "}
        <kbd>N</kbd> next passage <kbd>X</kbd> remove
      </p>
      {single.marks.chosen !== undefined && (
        <Beside definition={definition} label={label} single={single} fault={undefined} />
      )}
    </div>
  );
}

const keyFor = ({ kind }: LabelDefinition, value: string, place: number): string =>
  kind === "number" ? value : String(place + 1);

function Said({
  definition,
  span,
}: {
  readonly definition: LabelDefinition;
  readonly span: SpanValue;
}) {
  return [span.value].flat().map((value) => {
    const { option, place } = optionOf(definition, String(value));
    return (
      <span key={String(value)} className={styles.said}>
        <OptionMark place={place} colour={option.colour} /> {option.text}
      </span>
    );
  });
}

/** What is written of a passage: Enter keeps it and goes back to the text. */
function Fact({ inHand, of }: { readonly inHand: SpanValue | undefined; readonly of: Spans }) {
  const [typed, setTyped] = useState(inHand ? String(inHand.value) : "");
  return (
    <input
      ref={of.field}
      className={styles.field}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") of.field.current?.blur();
        else if (event.key === "Enter" && typed.trim() !== "") {
          event.preventDefault();
          of.assign(typed.trim());
          of.field.current?.blur();
        }
      }}
      disabled={!inHand && !of.selected}
      placeholder={inHand || of.selected ? "What is said of it" : "Select words first"}
      aria-label="What is said of the passage"
      aria-keyshortcuts="e"
      dir="auto"
    />
  );
}
