import { type Label, optionsOf, type Ranking, rankedLength } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useCommands } from "../../command/commands.tsx";
import { OptionMark } from "../../label/OptionMark.tsx";
import { listOf } from "../../label/value.ts";
import { optionKey } from "../keys/option-keys.ts";
import { Asked, Beside } from "./Asked.tsx";
import { movedTo, type Order, orderOf, picked } from "./ranking.ts";
import type { SingleView } from "./use-single.ts";
import styles from "./Written.module.css";

export interface RankingAnswerProps {
  readonly definition: Ranking;
  readonly label: Label;
  readonly single: SingleView;
}

/**
 * The options in order, to be dragged, moved by their arrows, or ranked by pressing their keys one after another. What is
 * not ranked stands beneath.
 */
export function RankingAnswer({ definition, label, single }: RankingAnswerProps) {
  const { suggested, chosen } = single.marks;
  const [picks, setPicks] = useState<readonly string[]>([]);
  const [dragged, setDragged] = useState<string>();
  const options = optionsOf(definition);
  const ranked = rankedLength(definition);
  const order = orderOf(
    options.map(({ value }) => value),
    listOf(chosen ?? suggested),
  );
  const change = (to: Order) => single.change(to.slice(0, ranked));
  const move = (option: string, to: number) => {
    setPicks([]);
    change(movedTo(order, option, to));
  };
  const pick = (option: string) => {
    const now = picked(order, picks, option);
    setPicks(now.picks);
    change(now.order);
  };
  const keyed = options.flatMap(({ value }, place) => {
    const key = optionKey(place);
    return key ? [{ key, value }] : [];
  });
  useCommands("Rank options", [
    {
      what: "Press options in their order, then Enter",
      keys: keyed.map(({ key }) => key),
      keysDrawn: `${keyed[0]?.key}–${keyed.at(-1)?.key}`,
      keyOnly: true,
      run: (pressed) => {
        const option = keyed.find(({ key }) => key === pressed);
        if (option) pick(option.value);
      },
    },
    {
      what: "Drop the change",
      keys: ["Escape"],
      run: () => {
        setPicks([]);
        single.reset();
      },
    },
  ]);
  const hand = chosen !== undefined ? "person" : suggested !== undefined ? "machine" : "nobody";
  return (
    <div className={styles.answer}>
      <Asked definition={definition} />
      <ol className={styles.ranks} aria-label={definition.name}>
        {order.map((value, at) => {
          const place = options.findIndex((option) => option.value === value);
          const { text = value, colour, description } = options[place] ?? {};
          const isRanked = at < ranked;
          return (
            <li
              key={value}
              className={styles.rank}
              data-hand={isRanked ? hand : "nobody"}
              data-option={value}
              data-dragged={dragged === value || undefined}
              title={description}
              draggable
              onDragStart={() => setDragged(value)}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => {
                event.preventDefault();
                if (dragged !== undefined && dragged !== value) move(dragged, at);
              }}
            >
              <span className={styles.place}>{isRanked ? `${at + 1}.` : "–"}</span>
              <kbd>{optionKey(place)?.toUpperCase()}</kbd>
              <OptionMark place={place} colour={colour} />
              <span className={styles.word} dir="auto">
                {text}
              </span>
              <span>
                <UnstyledButton
                  className={styles.act}
                  disabled={at === 0}
                  onClick={() => move(value, at - 1)}
                  aria-label={`Move ${text} up`}
                >
                  ↑
                </UnstyledButton>
                <UnstyledButton
                  className={styles.act}
                  disabled={at === order.length - 1}
                  onClick={() => move(value, at + 1)}
                  aria-label={`Move ${text} down`}
                >
                  ↓
                </UnstyledButton>
              </span>
            </li>
          );
        })}
      </ol>
      {chosen !== undefined && (
        <Beside definition={definition} label={label} single={single} fault={undefined} />
      )}
    </div>
  );
}
