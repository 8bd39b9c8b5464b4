import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import contents from "./AgentContents.module.css";
import styles from "./PromptPreview.module.css";

export interface PromptPreviewProps {
  readonly preview:
    | {
        readonly prompts: readonly {
          readonly key: string;
          readonly system: string | null;
          readonly user: string;
        }[];
      }
    | undefined;
  readonly error: Error | null;
}

/** What the model would be asked of the first records, exactly. */
export function PromptPreview({ preview, error }: PromptPreviewProps) {
  const prompts = preview?.prompts ?? [];
  const same = prompts.every(({ system }) => system === prompts[0]?.system);
  const shared = same ? prompts[0]?.system : null;
  return (
    <section className={styles.preview} aria-label="Preview">
      <h2>What it would be asked</h2>
      {error && <ProblemNotice error={error} />}
      {preview && prompts.length === 0 && <p>There are no records yet to show it on.</p>}
      {shared && <Shown name="System, the same for every record" text={shared} />}
      {prompts.map(({ key, system, user }) => (
        <section key={key} className={styles.preview}>
          {!same && system && <Shown name={`System, record ${key}`} text={system} />}
          <Shown name={`Record ${key}`} text={user} />
        </section>
      ))}
    </section>
  );
}

function Shown({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <h3>{name}</h3>
      <pre className={contents.prompt} dir="auto">
        {text}
      </pre>
    </div>
  );
}
