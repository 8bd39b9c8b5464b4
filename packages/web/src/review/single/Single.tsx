import type { Item } from "../queue/item.ts";
import { useDetail } from "../queue/use-detail.ts";
import type { Desk } from "../session/desk.ts";
import type { Subject } from "../use-subject.ts";
import { Facts } from "./Facts.tsx";
import { InHand } from "./InHand.tsx";
import type { SingleActs } from "./use-single.ts";

export interface SingleProps {
  readonly project: string;
  readonly subject: Subject;
  readonly desk: Desk;
  readonly item: Item;
  /** The records made ready. */
  readonly coming: readonly Item[];
  /** The queue's first texts, by which the text's place is measured. */
  readonly sample: readonly string[];
  readonly keyword: string | undefined;
  readonly blind: boolean;
  readonly acts: SingleActs;
}

/** One record, its options beneath it, and beside them what else is known. */
export function Single(props: SingleProps) {
  const { project, subject, desk, item, coming, sample, keyword, blind, acts } = props;
  const detail = useDetail(project, desk, item, coming);
  return (
    <InHand
      desk={desk}
      item={item}
      definition={subject.reviewed.definition}
      by={subject.by}
      sample={sample}
      keyword={keyword}
      blind={blind}
      acts={acts}
      aside={(label, hidden) => (
        <Facts
          project={project}
          item={item}
          label={label}
          subject={subject}
          detail={detail}
          hidden={hidden}
        />
      )}
    />
  );
}
