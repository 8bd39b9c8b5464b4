import { Menu, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./Part.module.css";

export interface ChoiceProps<Value extends string> {
  /** What it decides, for those who listen: “Order”. */
  readonly name: string;
  /** What it says now, where that is not the chosen one's own words. */
  readonly says?: ReactNode;
  /** Whether it narrows anything. */
  readonly set: boolean;
  readonly options: readonly (readonly [value: Value, words: ReactNode])[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** A part of a sentence that is one of a few. */
export function Choice<Value extends string>({
  name,
  says,
  set,
  options,
  chosen,
  onChoose,
}: ChoiceProps<Value>) {
  const words = options.find(([value]) => value === chosen)?.[1];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={styles.part} data-set={set || undefined}>
          <span className="spoken">{name}: </span>
          {says ?? words}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map(([value, label]) => (
          <Menu.RadioItem
            key={value}
            value={value}
            checked={value === chosen}
            closeMenuOnClick
            onChange={() => onChoose(value)}
          >
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
