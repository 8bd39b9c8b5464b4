import styles from "./Loop.module.css";

const steps = [
  ["Data", "Import the texts, and say what is asked of each: the schema."],
  ["Agents", "Choose a model and the prompt it gets."],
  ["Jobs", "Run the agent; every record gets a hollow label with its confidence."],
  ["Review", "Countersign or correct what needs it; labels turn solid."],
  ["Export", "Take the labels away, each with where it came from."],
] as const;

/** What one does here, for those who are here first. */
export function Loop() {
  return (
    <div className={styles.loop}>
      <p>LLMs label the text first; people countersign only what needs it.</p>
      <ol className={styles.steps}>
        {steps.map(([name, words]) => (
          <li key={name}>
            <h2>{name}</h2>
            <p>{words}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
