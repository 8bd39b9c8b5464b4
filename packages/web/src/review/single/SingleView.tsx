import { excerpt } from "../../text/excerpt.ts";
import type { Queue } from "../queue/use-queue.ts";
import type { Walk } from "../queue/use-walk.ts";
import { allLabels, type ReviewSearch } from "../search/review-search.ts";
import type { ChangeSearch } from "../search/use-review-search.ts";
import type { Desk } from "../session/desk.ts";
import { acknowledged, skipped, unskipped } from "../session/session.ts";
import type { Acts } from "../session/use-acts.ts";
import type { Subject } from "../use-subject.ts";
import { Done } from "./Done.tsx";
import { Single } from "./Single.tsx";
import type { SingleActs } from "./use-single.ts";

export interface SingleViewProps {
  readonly project: string;
  readonly subject: Subject;
  readonly desk: Desk;
  readonly queue: Queue;
  readonly walk: Walk;
  /** The queue is through. */
  readonly ended: boolean;
  readonly search: ReviewSearch;
  readonly change: ChangeSearch;
  readonly acts: Acts;
  readonly say: (words: string) => void;
  readonly onUndo: () => void;
  readonly onView: (view: ReviewSearch["view"]) => void;
  readonly onFilter: (filter: Partial<ReviewSearch>) => void;
}

/** The queue one by one, and at its end what came of it. */
export function SingleView(props: SingleViewProps) {
  const { project, subject, desk, queue, walk, ended, search, change, acts, say } = props;
  const { onUndo, onView, onFilter } = props;

  const onward = (done: string) => {
    const next = walk.advance();
    const text = next && excerpt(next.record.content, undefined);
    say(text === undefined ? `${done}; that was the last record` : `${done}; next record: ${text}`);
  };
  const singleActs: SingleActs = {
    decide: ({ record, label }, value) =>
      onward(acts.judge([{ record: record.id, key: record.key, label, value }])),
    keep: () => onward("kept"),
    skip: ({ record }) => {
      desk.session.update((session) =>
        session.returned
          .filter(({ act }) => act.judgements.every((one) => one.record === record.id))
          .reduce((now, { act }) => acknowledged(now, act.id), skipped(session, record.id)),
      );
      onward("skipped");
    },
    go: walk.go,
    undo: onUndo,
    blind: () => {
      change({ blind: !search.blind }, "trace");
      say(search.blind ? "suggestions are shown" : "suggestions are hidden until you decide");
    },
    table: () => onView("table"),
    say,
  };

  if (walk.item)
    return (
      <Single
        project={project}
        subject={subject}
        desk={desk}
        item={walk.item}
        coming={walk.coming}
        sample={queue.sample}
        keyword={search.keyword}
        blind={search.blind}
        acts={singleActs}
      />
    );
  if (!ended || queue.more) return null;
  return (
    <Done
      desk={desk}
      filter={search}
      onSkipped={() => {
        const first = queue.ids.find((id) => desk.session.get().skipped.has(id));
        desk.session.update(unskipped);
        if (first !== undefined) walk.open(first);
      }}
      onCorrected={() => onFilter({ ...allLabels, status: "corrected", view: "table" })}
      onAll={() => onFilter({ ...allLabels, view: "table" })}
      onBack={() => walk.go(-1)}
    />
  );
}
