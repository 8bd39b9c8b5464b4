import type { Label, LabelDefinition } from "@countersign/core";
import { Menu, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { OptionMark } from "../../label/OptionMark.tsx";
import { answersOf, isChosenFrom, valuesOf } from "../../label/value.ts";
import { answerKey } from "../keys/option-keys.ts";
import styles from "./CorrectMenu.module.css";

export interface CorrectMenuProps {
  readonly definition: LabelDefinition;
  readonly label: Label;
  readonly opened: boolean;
  readonly onOpen: (opened: boolean) => void;
  /** Opens the record alone, where the label is written rather than chosen. */
  readonly onAlone: () => void;
  readonly onChoose: (option: string) => void;
  /** What it opens from. */
  readonly children: ReactNode;
}

/** A row's label as the way to another. The menu is made when it is opened: there are many rows. */
export function CorrectMenu(props: CorrectMenuProps) {
  const { definition, label, opened, onOpen, onAlone, onChoose, children } = props;
  const chooses = isChosenFrom(definition);
  const target = (
    <UnstyledButton
      className={styles.target}
      tabIndex={-1}
      aria-haspopup={chooses ? "menu" : undefined}
      onClick={() => (chooses ? onOpen(!opened) : onAlone())}
    >
      {children}
    </UnstyledButton>
  );
  if (!opened) return target;
  const chosen = valuesOf(label.verified?.value ?? label.value);
  return (
    <Menu opened onChange={onOpen} position="bottom-start">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <OptionItems definition={definition} chosen={chosen} onChoose={onChoose} />
      </Menu.Dropdown>
    </Menu>
  );
}

export interface OptionItemsProps {
  readonly definition: LabelDefinition;
  readonly chosen: readonly string[];
  readonly onChoose: (option: string) => void;
}

/** The options as a menu's items, in schema order with their keys. */
export function OptionItems({ definition, chosen, onChoose }: OptionItemsProps) {
  return (
    <div className={styles.options}>
      {answersOf(definition).map((option, place) => {
        const { value, text, colour } = option;
        const key = answerKey(definition, option, place);
        return (
          <Menu.Item
            key={value}
            leftSection={<OptionMark place={place} colour={colour} />}
            rightSection={key && <kbd>{key.toUpperCase()}</kbd>}
            aria-current={chosen.includes(value) || undefined}
            className={styles.item}
            onClick={() => onChoose(value)}
          >
            {text}
          </Menu.Item>
        );
      })}
    </div>
  );
}
