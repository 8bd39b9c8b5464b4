import type { ModelCall } from "@countersign/core";
import { counted, dollars } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { Simulated } from "../label/Simulated.tsx";
import styles from "./ModelCalls.module.css";
import { Passage } from "./Passage.tsx";

export interface ModelCallsProps {
  /** In order; one at least. */
  readonly calls: readonly ModelCall[];
  /** The system part is the same for every record of a job; where many are read one after the other it is folded. */
  readonly system: "shown" | "folded";
}

/** What was sent to a model and what came back, call by call, as text and nothing else. */
export function ModelCalls({ calls, system }: ModelCallsProps) {
  const titled = calls.map((call, place) => ({
    call,
    title: `${call.refines ? "Refining call" : "Call"} ${place + 1} of ${calls.length}`,
  }));
  return (
    <ol className={styles.calls}>
      {titled.map(({ call, title }) => (
        <li key={title} className={styles.call}>
          {calls.length > 1 && <p className={styles.which}>{title}</p>}
          {call.prompt.system !== null && (
            <System text={call.prompt.system} shown={system === "shown"} />
          )}
          <Passage name="User" text={call.prompt.user} />
          <Passage name="Reply" text={call.reply} hand="machine" />
          <Took call={call} />
        </li>
      ))}
    </ol>
  );
}

function System({ text, shown }: { readonly text: string; readonly shown: boolean }) {
  if (shown) return <Passage name="System" text={text} />;
  return (
    <details className={styles.system}>
      <summary>System</summary>
      <Passage text={text} />
    </details>
  );
}

function Took({ call }: { readonly call: ModelCall }) {
  const { inputTokens, outputTokens, cost, latency, model, finish, simulated, at } = call;
  const facts = [
    ...(inputTokens === null ? [] : [`${counted(inputTokens, "token")} in`]),
    ...(outputTokens === null ? [] : [`${counted(outputTokens, "token")} out`]),
    cost === null ? "price unknown" : dollars(cost),
    `${Math.round(latency)} ms`,
    ...(finish === "stop" ? [] : [`ended by ${finish}`]),
    ...(model === null ? [] : [model]),
  ];
  return (
    <p className={styles.took}>
      {facts.join(" · ")} · <When at={at} /> {simulated && <Simulated />}
    </p>
  );
}
