import type { Assignment, Job } from "@countersign/core";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { count } from "../../format/number.ts";
import { SimulatedNotice } from "../../jobs/SimulatedNotice.tsx";
import { wordsOf } from "../../label/words.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { Announcer } from "../../review/bar/Announcer.tsx";
import { Returned } from "../../review/bar/Returned.tsx";
import { Saved } from "../../review/bar/Saved.tsx";
import { decide } from "../../review/session/decide.ts";
import { pace } from "../../review/session/pace.ts";
import { acknowledged, skipped, unskipped } from "../../review/session/session.ts";
import { undo } from "../../review/session/undo.ts";
import { useSession } from "../../review/session/use-session.ts";
import { InHand } from "../../review/single/InHand.tsx";
import type { SingleActs } from "../../review/single/use-single.ts";
import { Page } from "../../shell/Page.tsx";
import { excerpt } from "../../text/excerpt.ts";
import { AssignedFacts } from "./AssignedFacts.tsx";
import type { AssignmentDesk } from "./desk.ts";
import { LastAnswer } from "./LastAnswer.tsx";
import { NothingLeft } from "./NothingLeft.tsx";
import type { Asking, Slot } from "./slots.ts";
import { useTurn } from "./use-turn.ts";
import styles from "./Work.module.css";
import { titleOf, verb } from "./words.ts";

export interface QueueProps {
  readonly project: string;
  readonly assignment: Assignment;
  /** Whose labels are judged or suggested, if a job's are. */
  readonly job: Job | undefined;
  readonly asking: Asking;
  readonly desk: AssignmentDesk;
}

/** The records in a person's hand, one by one, with the keys of the review. */
export function Queue({ project, assignment, job, asking, desk: assigned }: QueueProps) {
  const client = useClient();
  const { desk, numbering } = assigned;
  const { name, mode, suggestion, idleMinutes } = assignment;
  const queue = useTurn(project, name, assigned, asking, idleMinutes);
  const { slots, current, turn } = queue;
  const session = useSession(desk, (now) => now);
  const [said, say] = useState("");
  const [fault, setFault] = useState<unknown>();
  const blind = suggestion === "hidden" || job === undefined;

  const onward = (done: string) => {
    const next = queue.advance();
    const text = next && excerpt(next.item.record.content, undefined);
    say(text === undefined ? done : `${done}; next record: ${text}`);
  };
  const back = () => {
    const done = undo(desk.session.get());
    const first = done?.undone.judgements[0];
    if (!done || !first) return say("nothing to take back");
    desk.session.update(() => done.session);
    queue.open(first.record);
    say("taken back");
  };
  const skip = (slot: Slot) => {
    const { id } = slot.item.record;
    const others = slots.filter(({ item }) => item.record.id === id);
    desk.session.update((now) =>
      now.returned
        .filter(({ act }) => act.judgements.every((one) => one.record === slot.id))
        .reduce(
          (rest, { act }) => acknowledged(rest, act.id),
          others.reduce((rest, other) => skipped(rest, other.id), now),
        ),
    );
    queue.drop(id);
    client.assignments
      .release({ project, assignment: name, records: [id], skip: true })
      .then(() => queue.ask(), setFault);
    onward("skipped");
  };
  const acts = (slot: Slot): SingleActs => ({
    decide: ({ record, label }, value) => {
      const choice = { record: slot.id, key: record.key, label, value };
      desk.session.update((now) => decide(now, [choice], asking.by, Date.now()));
      onward(`${verb(assignment, label.value, value)} ${wordsOf(slot.definition, value)}`);
    },
    keep: () => onward("kept"),
    skip: () => skip(slot),
    go: queue.go,
    undo: back,
    say,
  });

  const speed = pace(session.acts.map(({ at }) => at));
  const progress = [
    turn && `${count(turn.done)} done`,
    turn &&
      `${count(turn.left + turn.items.length)}${turn.left >= 10_000 ? " or more" : ""} left for you`,
    speed !== undefined && `${count(Math.round(speed))} a minute`,
  ]
    .filter(Boolean)
    .join(" · ");
  const texts = slots.map(({ item }) => item.record.content);

  return (
    <Page
      title={titleOf(assignment)}
      height="fill"
      actions={
        <div className={styles.bar}>
          <span className={styles.progress}>{progress}</span>
          <Saved desk={desk} />
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link
                {...props}
                to="/p/$project/assignments/$assignment"
                params={{ project, assignment: name }}
              />
            )}
          >
            Leave {name}
          </Button>
        </div>
      }
    >
      {queue.error && <ProblemNotice error={queue.error} onRetry={() => queue.ask()} />}
      {fault !== undefined && <ProblemNotice error={fault} />}
      {current ? (
        <InHand
          key={current.definition.name}
          desk={desk}
          item={current.item}
          definition={current.definition}
          by={asking.by}
          sample={texts.slice(0, 20)}
          keyword={undefined}
          blind={blind}
          acts={acts(current)}
          aside={(label, hidden) => (
            <AssignedFacts
              project={project}
              item={current.item}
              label={label}
              job={job}
              mode={mode}
              hidden={hidden}
            />
          )}
        />
      ) : (
        turn &&
        !queue.loading &&
        !queue.error && (
          <NothingLeft
            project={project}
            assignment={name}
            turn={turn}
            onAgain={() => {
              desk.session.update(unskipped);
              queue.ask(true);
            }}
            onBack={() => queue.go(-1)}
          />
        )
      )}
      <Returned desk={desk} onOpen={queue.open} noun={mode === "verify" ? "verdict" : "label"} />
      {job?.simulated && !blind && <SimulatedNotice />}
      <LastAnswer
        desk={desk}
        assignment={assignment}
        asking={asking}
        slots={slots}
        numbering={numbering}
        onUndo={back}
      />
      <Announcer said={said} />
    </Page>
  );
}
