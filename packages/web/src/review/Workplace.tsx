import { useCallback, useMemo, useRef, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { SimulatedNotice } from "../jobs/SimulatedNotice.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Page } from "../shell/Page.tsx";
import { Announcer } from "./bar/Announcer.tsx";
import { LastAct } from "./bar/LastAct.tsx";
import { Returned } from "./bar/Returned.tsx";
import { SessionBar } from "./bar/SessionBar.tsx";
import { Empty } from "./Empty.tsx";
import { FilterSentence } from "./filter/FilterSentence.tsx";
import { useQueue } from "./queue/use-queue.ts";
import { useWalk } from "./queue/use-walk.ts";
import { allLabels, type ReviewSearch } from "./search/review-search.ts";
import type { ChangeSearch } from "./search/use-review-search.ts";
import { deskOf } from "./session/desk.ts";
import { progress } from "./session/progress.ts";
import { handled } from "./session/session.ts";
import { useActs } from "./session/use-acts.ts";
import { useCurrent } from "./session/use-current.ts";
import { useSession } from "./session/use-session.ts";
import { SingleView } from "./single/SingleView.tsx";
import { noSelection, type Selection } from "./table/selection.ts";
import { Table } from "./table/Table.tsx";
import type { Subject } from "./use-subject.ts";
import styles from "./Workplace.module.css";

export interface WorkplaceProps {
  readonly project: string;
  readonly subject: Subject;
  readonly search: ReviewSearch;
  readonly change: ChangeSearch;
}

/** One machine's labels under one filter, in either view. Both views share the record in hand, the session and its undo. */
export function Workplace({ project, subject, search, change }: WorkplaceProps) {
  const client = useClient();
  const { machine, reviewed, by } = subject;
  const { definition } = reviewed;
  const desk = useMemo(() => deskOf(client, project, reviewed), [client, project, reviewed]);
  const { status, from, below, values, keyword, order } = search;
  const filter = useMemo(
    () => ({ status, from, below, values, keyword, order }),
    [status, from, below, values, keyword, order],
  );
  const queue = useQueue(project, reviewed, filter);
  const [current, setCurrent] = useCurrent(search, filter, change);
  const walk = useWalk(project, reviewed, desk, queue, current, setCurrent);
  const acts = useActs(desk, by, definition);
  const session = useSession(desk, (session) => session);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [said, say] = useState("");
  const keywordBox = useRef<HTMLInputElement>(null);

  const filterBy = useCallback(
    (to: Partial<ReviewSearch>) => {
      setSelection(noSelection);
      setCurrent(undefined);
      change({ ...to, record: undefined }, "step");
    },
    [change, setCurrent],
  );
  const showAll = () => filterBy({ ...allLabels, view: "table" });
  const view = (to: ReviewSearch["view"], record = walk.item?.record.id) => {
    if (record !== undefined) setCurrent(record);
    // Left on the switch, the focus would keep the arrow keys from the view.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    change({ view: to, record }, "step");
  };
  const undo = () => {
    const undone = acts.undo();
    const first = undone?.judgements[0];
    if (first) setCurrent(first.record);
    say(undone ? "taken back" : "nothing to take back");
  };

  const done = useMemo(() => handled(session), [session]);
  const left =
    queue.count === undefined
      ? undefined
      : queue.count - queue.ids.filter((id) => done.has(id)).length;

  return (
    <Page
      title="Are these labels right?"
      height="fill"
      actions={
        <SessionBar
          desk={desk}
          progress={progress(
            current === "end" ? queue.ids.length - 1 : walk.place,
            queue.count,
            left,
            session.acts,
          )}
          view={search.view}
          onView={view}
        />
      }
    >
      <div className={styles.filter}>
        <FilterSentence
          project={project}
          subject={subject}
          filter={filter}
          keywordBox={keywordBox}
          onChange={filterBy}
        />
      </div>
      {queue.error && <ProblemNotice error={queue.error} onRetry={queue.refresh} />}
      {queue.count === 0 && !walk.item && (
        <div className={styles.empty}>
          <Empty
            project={project}
            job={machine.job}
            filter={filter}
            onAll={showAll}
            onRefresh={queue.refresh}
          />
        </div>
      )}
      {search.view === "single" ? (
        <SingleView
          project={project}
          subject={subject}
          desk={desk}
          queue={queue}
          walk={walk}
          ended={current === "end"}
          search={search}
          acts={acts}
          say={say}
          onUndo={undo}
          onView={view}
          onFilter={filterBy}
          change={change}
        />
      ) : (
        queue.items.length > 0 && (
          <Table
            project={project}
            subject={subject}
            desk={desk}
            queue={queue}
            filter={filter}
            place={walk.place}
            selection={selection}
            acts={{
              judge: (choices) => say(acts.judge(choices)),
              take: setCurrent,
              select: setSelection,
              undo,
              single: (item) => view("single", item.record.id),
              find: () => keywordBox.current?.focus(),
            }}
          />
        )
      )}
      <Returned desk={desk} onOpen={(record) => view("single", record)} />
      {machine.job?.simulated && <SimulatedNotice />}
      <LastAct desk={desk} queue={queue} definition={definition} onUndo={undo} />
      <Announcer said={said} />
    </Page>
  );
}
