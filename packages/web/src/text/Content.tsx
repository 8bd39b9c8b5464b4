import type { TextRecord } from "@countersign/core";
import styles from "./Content.module.css";
import { Highlighted } from "./Highlighted.tsx";

export interface ContentProps {
  readonly record: Pick<TextRecord, "content" | "kind" | "turns">;
  readonly keyword: string | undefined;
  /** So much of it is drawn. */
  readonly most?: number;
}

/**
 * A record's content to be read: a text as it is, a conversation turn by turn, an image as the address where it is. The
 * image is not loaded here: that would tell somebody else's server who looks at it. It opens when it is asked for.
 */
export function Content({ record, keyword, most = Number.POSITIVE_INFINITY }: ContentProps) {
  const { content, kind, turns } = record;
  if (kind === "chat" && turns) return <Turns turns={turns} keyword={keyword} most={most} />;
  if (kind === "image") return <ImageReference address={content} keyword={keyword} />;
  return <Highlighted text={content.slice(0, most)} keyword={keyword} />;
}

interface TurnsProps {
  readonly turns: NonNullable<TextRecord["turns"]>;
  readonly keyword: string | undefined;
  readonly most: number;
}

function Turns({ turns, keyword, most }: TurnsProps) {
  let left = most;
  return (
    <ol className={styles.turns}>
      {turns.map(({ role, content }, place) => {
        const shown = content.slice(0, Math.max(left, 0));
        left -= content.length;
        if (shown === "" && content !== "") return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a conversation's turns keep their places
          <li key={place}>
            <span className={styles.role}>{role}</span>
            <div dir="auto">
              <Highlighted text={shown} keyword={keyword} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function ImageReference({
  address,
  keyword,
}: {
  readonly address: string;
  readonly keyword: string | undefined;
}) {
  const words = <Highlighted text={address} keyword={keyword} />;
  return (
    <span className={styles.image}>
      <span className={styles.role}>Image</span>
      {/^https?:\/\//i.test(address) ? (
        <a href={address} target="_blank" rel="noopener noreferrer">
          {words}
        </a>
      ) : (
        words
      )}
    </span>
  );
}
