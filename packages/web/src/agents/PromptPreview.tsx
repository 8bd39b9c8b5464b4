import type { Countersign } from "@countersign/sdk";
import { TextInput } from "@mantine/core";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import contents from "./AgentContents.module.css";
import styles from "./PromptPreview.module.css";

type Preview = Awaited<ReturnType<Countersign["agents"]["preview"]>>;

export interface PromptPreviewProps {
  readonly preview: Preview | undefined;
  readonly error: Error | null;
  /** Whether a model is named; without one nothing is known of its price and window. */
  readonly hasModel: boolean;
  /** Keys of the records it is shown on, parted by commas; the first ones where empty. */
  readonly keys: string;
  readonly onKeys: (keys: string) => void;
}

/** What the model would be asked of some records, exactly, how long that is and what it would cost. */
export function PromptPreview({ preview, error, hasModel, keys, onKeys }: PromptPreviewProps) {
  const prompts = preview?.prompts ?? [];
  const same = prompts.every(({ system }) => system === prompts[0]?.system);
  const shared = same ? prompts[0]?.system : null;
  return (
    <section className={styles.preview} aria-label="Preview">
      <h2>What it would be asked</h2>
      <TextInput
        label="Records"
        placeholder="the first three; or keys, parted by commas"
        value={keys}
        onChange={(event) => onKeys(event.currentTarget.value)}
      />
      {error && <ProblemNotice error={error} />}
      {preview && prompts.length === 0 && <p>There are no records yet to show it on.</p>}
      {preview && prompts.length > 0 && <Reckoning preview={preview} hasModel={hasModel} />}
      {shared && <Shown name="System, the same for every record" text={shared} />}
      {prompts.map(({ key, system, user, tokens, usd, fits }) => (
        <section key={key} className={styles.preview}>
          {!same && system && <Shown name={`System, record ${key}`} text={system} />}
          <Shown
            name={`Record ${key}`}
            aside={`${whole(tokens)} tokens${hasModel && usd !== null ? `, ${dollars(usd)}` : ""}`}
            text={user}
          />
          {hasModel && fits === false && (
            <p className={styles.tooLong}>
              Longer than the model takes: this record would not be asked.
            </p>
          )}
        </section>
      ))}
    </section>
  );
}

function Reckoning({
  preview: { tokenizer, replyTokens, contextTokens, usdPerThousand },
  hasModel,
}: {
  readonly preview: Preview;
  readonly hasModel: boolean;
}) {
  if (!hasModel) return <p className={styles.reckoning}>Name a model to see what it would cost.</p>;
  return (
    <p className={styles.reckoning}>
      {usdPerThousand === null
        ? "The model’s price is not known. "
        : `A thousand records like these: about ${dollars(usdPerThousand)}. `}
      A reply is expected to take {whole(replyTokens.likely)} tokens. Counted with {tokenizer.name}
      {contextTokens !== null && `; the model takes ${whole(contextTokens)}`}.
    </p>
  );
}

const whole = (n: number): string => Math.round(n).toLocaleString("en");

const dollars = (usd: number): string =>
  `$${usd.toLocaleString("en", usd > 0 && usd < 1 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

function Shown({
  name,
  aside,
  text,
}: {
  readonly name: string;
  readonly aside?: string;
  readonly text: string;
}) {
  return (
    <div>
      <h3>
        {name}
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </h3>
      <pre className={contents.prompt} dir="auto">
        {text}
      </pre>
    </div>
  );
}
