import { Menu, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./Part.module.css";

export interface SeveralProps {
  /** What it decides, for those who listen: “Value”. */
  readonly name: string;
  /** What it says while none is chosen: “any value”. */
  readonly any: string;
  readonly options: readonly {
    readonly value: string;
    readonly text: string;
    /** Drawn before the text. */
    readonly mark?: ReactNode;
  }[];
  readonly chosen: readonly string[];
  /** Between the chosen ones' texts: any of them, or all together. */
  readonly joined?: "or" | "and";
  /** @param chosen undefined where none is */
  readonly onChoose: (chosen: string[] | undefined) => void;
}

/** A part of a sentence that is any of several. */
export function Several({ name, any, options, chosen, joined = "or", onChoose }: SeveralProps) {
  const texts = options.filter(({ value }) => chosen.includes(value)).map(({ text }) => text);
  const toggle = (value: string, on: boolean) => {
    const now = options
      .map((option) => option.value)
      .filter((other) => (other === value ? on : chosen.includes(other)));
    onChoose(now.length > 0 ? now : undefined);
  };
  return (
    <Menu position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={styles.part} data-set={chosen.length > 0 || undefined}>
          <span className="spoken">{name}: </span>
          {chosen.length > 0 ? texts.join(` ${joined} `) : any}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.long}>
        {options.map(({ value, text, mark }) => (
          <Menu.CheckboxItem
            key={value}
            checked={chosen.includes(value)}
            onChange={(on) => toggle(value, on)}
          >
            <span className={styles.item}>
              {mark}
              {text}
            </span>
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
