import type { Label, LabelDefinition } from "@countersign/core";
import type { RefObject } from "react";
import { isChosenFrom } from "../../label/value.ts";
import { NumberAnswer } from "./NumberAnswer.tsx";
import { Options } from "./Options.tsx";
import { RankingAnswer } from "./RankingAnswer.tsx";
import { TextAnswer } from "./TextAnswer.tsx";
import type { SingleView } from "./use-single.ts";

export interface AnswerProps {
  readonly definition: LabelDefinition;
  readonly label: Label;
  readonly single: SingleView;
  readonly finder: RefObject<HTMLInputElement | null>;
}

/** What a person answers with, as the label's kind asks for: options, a number, a text, an order. */
export function Answer({ definition, label, single, finder }: AnswerProps) {
  if (isChosenFrom(definition))
    return (
      <Options
        definition={definition}
        label={label}
        marks={single.marks}
        finder={finder}
        onChoose={single.choose}
      />
    );
  switch (definition.kind) {
    case "number":
      return <NumberAnswer definition={definition} label={label} single={single} />;
    case "text":
      return <TextAnswer definition={definition} label={label} single={single} />;
    case "ranking":
      return <RankingAnswer definition={definition} label={label} single={single} />;
    default:
      return null;
  }
}
