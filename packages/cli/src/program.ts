import { Command } from "@commander-js/extra-typings";
import { CountersignError } from "@countersign/sdk";
import { CommanderError } from "commander";
import { agent } from "./commands/agent.ts";
import { assignment } from "./commands/assignment.ts";
import { backup, restore } from "./commands/backup.ts";
import { compare } from "./commands/compare.ts";
import { deletion } from "./commands/deletion.ts";
import { demo } from "./commands/demo.ts";
import { disagreement } from "./commands/disagreement.ts";
import { embeddings } from "./commands/embeddings.ts";
import { exportNoun } from "./commands/export.ts";
import { extract } from "./commands/extract.ts";
import { job } from "./commands/job.ts";
import { project } from "./commands/project.ts";
import { records } from "./commands/records.ts";
import { schema } from "./commands/schema.ts";
import { serve } from "./commands/serve.ts";
import { simulate } from "./commands/simulate.ts";
import { subset } from "./commands/subset.ts";
import { token } from "./commands/token.ts";
import { worker } from "./commands/worker.ts";
import { tellProblem } from "./output.ts";
import { CommandFailed, UsageError } from "./usage.ts";
import { version } from "./version.ts";

const done = 0;
const failed = 1;
const usage = 2;

const introduction = `
LLMs label text first; people countersign only what needs it.

A first walk:
  countersign demo                                     a whole round on demo records
  countersign project create reviews
  countersign schema set schema.json
  countersign records import reviews.csv --key id --text review
  countersign agent create --model gpt-4.1-mini        reads OPENAI_API_KEY
  countersign job run --agent gpt-4.1-mini
  countersign serve                                    verify in the browser
  countersign records export --out labelled.jsonl

Results go to stdout, progress to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage.`;

/** Runs one command line and returns its exit code. Everything a user can get wrong is told on stderr. */
export async function run(words: readonly string[]): Promise<number> {
  const program = new Command("countersign")
    .description("Human–LLM collaborative text annotation")
    .version(version)
    .addHelpText("after", introduction)
    .addCommand(demo())
    .addCommand(serve())
    .addCommand(worker())
    .addCommand(project())
    .addCommand(schema())
    .addCommand(records())
    .addCommand(subset())
    .addCommand(agent())
    .addCommand(job())
    .addCommand(assignment())
    .addCommand(compare())
    .addCommand(disagreement())
    .addCommand(extract())
    .addCommand(simulate())
    .addCommand(exportNoun())
    .addCommand(embeddings())
    .addCommand(deletion())
    .addCommand(backup())
    .addCommand(restore())
    .addCommand(token());
  makeExitsThrow(program);
  try {
    await program.parseAsync(words, { from: "user" });
    return done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? done : usage;
    if (error instanceof CommandFailed) return failed;
    if (error instanceof UsageError) {
      process.stderr.write(`error: ${error.message}\n`);
      return usage;
    }
    if (error instanceof CountersignError) {
      tellProblem(error, words.includes("--json"));
      return failed;
    }
    throw error;
  }
}

/** Commander would end the process itself; a thrown error lets open databases close first. */
function makeExitsThrow(
  command: Pick<Command, "exitOverride" | "showHelpAfterError" | "commands">,
): void {
  command.exitOverride();
  command.showHelpAfterError("(--help tells more)");
  for (const inner of command.commands) makeExitsThrow(inner as Command);
}
