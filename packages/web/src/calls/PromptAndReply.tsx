import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { counted } from "../format/number.ts";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { ModelCalls } from "./ModelCalls.tsx";
import styles from "./PromptAndReply.module.css";
import { labelReply } from "./queries.ts";

export interface PromptAndReplyProps {
  readonly project: string;
  /** Id of a label that a job made. */
  readonly label: number;
}

/**
 * What a job's label came from, fetched when it is unfolded. It stays unfolded when another label takes its place, so that
 * who walks through a queue reads on.
 */
export function PromptAndReply({ project, label }: PromptAndReplyProps) {
  const [unfolded, setUnfolded] = useState(false);
  const reply = useQuery({ ...labelReply(useClient(), project, label), enabled: unfolded });
  return (
    <details
      className={styles.fold}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
      open={unfolded}
    >
      <summary>Prompt and reply</summary>
      {reply.error && <ProblemNotice error={reply.error} onRetry={reply.refetch} />}
      {reply.data && (
        <div className={styles.inside}>
          <p className={styles.read}>
            {reply.data.metadata.rule !== undefined && <>Read by {reply.data.metadata.rule}</>}
            {reply.data.metadata.attempts !== undefined && (
              <>
                ,{" "}
                {reply.data.metadata.attempts === 0
                  ? "from a stored reply, at no cost"
                  : counted(reply.data.metadata.attempts, "call")}
              </>
            )}
          </p>
          <ModelCalls calls={reply.data.calls} system="folded" />
        </div>
      )}
    </details>
  );
}
