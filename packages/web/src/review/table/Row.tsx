import type { Label } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { memo, useEffect, useRef } from "react";
import { LabelChip } from "../../label/LabelChip.tsx";
import { excerpt } from "../../text/excerpt.ts";
import { Highlighted } from "../../text/Highlighted.tsx";
import type { Item } from "../queue/item.ts";
import { nameOf, type Subject } from "../use-subject.ts";
import { CorrectMenu } from "./CorrectMenu.tsx";
import { Opened } from "./Opened.tsx";
import styles from "./Row.module.css";
import { Status } from "./Status.tsx";
import type { Columns } from "./use-columns.ts";
import type { RowActs } from "./use-row-acts.ts";

export interface RowProps {
  /** Its place among the loaded rows, from 0. */
  readonly place: number;
  readonly item: Item;
  /** The label as it stands now. */
  readonly label: Label;
  readonly subject: Subject;
  readonly keyword: string | undefined;
  readonly columns: Columns;
  readonly current: boolean;
  readonly selected: boolean;
  readonly opened: boolean;
  readonly menu: boolean;
  readonly acts: RowActs;
  readonly measure: (element: HTMLTableSectionElement | null) => void;
}

/** One record on one line: its text, what the machine said and how that stands. Opened, the whole text beneath. */
export const Row = memo(function Row(props: RowProps) {
  const { place, item, label, subject, keyword, columns, current } = props;
  const { definition } = subject.reviewed;
  const { selected, opened, menu, acts, measure } = props;
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (current && isFree(document.activeElement)) row.current?.focus({ preventScroll: true });
  }, [current]);
  return (
    <tbody ref={measure} data-index={place}>
      <tr
        ref={row}
        data-row={place}
        data-current={current || undefined}
        className={styles.row}
        aria-rowindex={place + 2}
        aria-selected={selected}
        tabIndex={current ? 0 : -1}
        onFocus={() => acts.take(place)}
      >
        <td className={styles.check}>
          <input
            type="checkbox"
            className={styles.box}
            checked={selected}
            tabIndex={-1}
            aria-label="Select"
            onChange={(event) => {
              const { nativeEvent } = event;
              acts.select(place, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
            }}
            onMouseDown={(event) => event.preventDefault()}
          />
        </td>
        <td className={styles.text} dir="auto">
          <UnstyledButton className={styles.title} tabIndex={-1} onClick={() => acts.single(item)}>
            <Highlighted text={excerpt(item.record.content, keyword)} keyword={keyword} />
          </UnstyledButton>
        </td>
        <td className={styles.label}>
          <CorrectMenu
            definition={definition}
            label={label}
            opened={menu}
            onOpen={(open) => acts.menu(open ? item : undefined)}
            onAlone={() => acts.single(item)}
            onChoose={(option) => acts.choose(item, option)}
          >
            <LabelChip definition={definition} label={label} />
          </CorrectMenu>
        </td>
        {columns.others && (
          <td className={styles.others}>
            {item.others.map((other) => (
              <span key={other.id} title={nameOf(subject, other.annotator)}>
                <LabelChip definition={definition} label={other} />
              </span>
            ))}
          </td>
        )}
        {columns.status && (
          <td>
            <Status label={label} onConfirm={() => acts.confirm(item)} />
          </td>
        )}
      </tr>
      {opened && (
        <tr>
          <td />
          <td
            colSpan={2 + Number(columns.others) + Number(columns.status)}
            className={styles.opened}
          >
            <Opened item={item} keyword={keyword} />
          </td>
        </tr>
      )}
    </tbody>
  );
});

/** Whether the focus may follow the row in hand: it lies nowhere, or in the table. */
const isFree = (focused: Element | null): boolean =>
  focused === null || focused === document.body || focused.closest("tr[data-row]") !== null;
