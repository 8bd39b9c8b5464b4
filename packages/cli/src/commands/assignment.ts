import { Option } from "@commander-js/extra-typings";
import type { AssignedRecord, Assignment, AssignmentDetail, Turn } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count, counted, percent } from "../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../filter.ts";
import { print, remark } from "../output.ts";
import { positive } from "../positive.ts";
import { printable, table } from "../table.ts";
import { UsageError } from "../usage.ts";

const create = () =>
  filtered("create", "assign records to people, who are handed them one by one")
    .argument("<name>", "what it is called")
    .option("--verify <job>", "people judge this job's labels", wholeNumber)
    .option("--own-labels", "people give labels of their own")
    .option("--people <name...>", "who may take part; anyone if left out")
    .option("--labels <name...>", "which labels; all if left out")
    .option("--overlap <n>", "how many different people do each record", wholeNumber, 1)
    .option("--limit <n>", "at most so many records, in the assignment's order", wholeNumber)
    .addOption(
      new Option("--order <order>", "which records come first")
        .choices(["imported", "random", "least-confident"] as const)
        .default("imported" as const),
    )
    .option("--suggest <job>", "with --own-labels: show what this job says", wholeNumber)
    .option("--blind", "with --verify: hide what the job says until decided")
    .option(
      "--idle-minutes <minutes>",
      "what is held goes back after so long without activity",
      positive,
      30,
    )
    .action(async (name, options) => {
      const where = conditionOf(options);
      if ((options.verify === undefined) === (options.ownLabels === undefined))
        throw new UsageError("Say what people are to do: --verify JOB or --own-labels.");
      if (options.suggest !== undefined && options.verify !== undefined)
        throw new UsageError("--suggest goes with --own-labels.");
      if (options.blind && options.verify === undefined)
        throw new UsageError(
          "--blind goes with --verify; labels of one's own are blind without --suggest.",
        );
      const job = options.verify ?? options.suggest;
      const shown = options.verify === undefined ? job !== undefined : !options.blind;
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const made = await client.assignments.create({
          project,
          name,
          mode: options.verify === undefined ? "label" : "verify",
          ...(options.people && { people: options.people }),
          ...(options.labels && { labels: options.labels }),
          ...(job !== undefined && { job }),
          suggestion: shown ? "shown" : "hidden",
          ...(where && { where }),
          ...(options.limit !== undefined && { limit: options.limit }),
          order: options.order,
          overlap: options.overlap,
          idleMinutes: options.idleMinutes,
        });
        print(
          options,
          made,
          () =>
            `Assigned ${counted(made.records, "record")} as ${made.name}, ${made.overlap === 1 ? "each to one person" : `each to ${made.overlap} people`}.\n`,
        );
        if (made.people) await tellOfMissingTokens(client, made.people);
      });
    });

/** Off the server's machine nobody takes part without a token, and the name has to be spelt the same. */
async function tellOfMissingTokens(client: Countersign, people: readonly string[]): Promise<void> {
  const { actor } = await client.server.whoami({});
  const { items } = await client.tokens.list({});
  const known = new Set([actor, ...items.map(({ name }) => name)]);
  const missing = people.filter((person) => !known.has(person));
  if (missing.length > 0)
    remark(`Nobody has a token as ${missing.join(", ")} yet: countersign token create NAME`);
}

const progressOf = ({ progress, records, overlap }: Assignment): string =>
  `${count(progress.done)} of ${count(records * overlap)} (${percent(progress.done / Math.max(1, records * overlap))})`;

const list = () =>
  command("list", "assignments and how far they are").action((options) =>
    connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const items = await Array.fromAsync(client.assignments.all({ project }));
      print(options, items, () =>
        items.length === 0
          ? "No assignment yet. Make one: countersign assignment create NAME\n"
          : table(
              [
                { title: "assignment", width: 40 },
                { title: "does" },
                { title: "records", align: "right" },
                { title: "people each", align: "right" },
                { title: "done", align: "right" },
                { title: "held", align: "right" },
                { title: "state" },
              ],
              items.map((item) => [
                item.name,
                item.mode === "verify" ? `verifies job ${item.job}` : "labels",
                count(item.records),
                String(item.overlap),
                progressOf(item),
                count(item.progress.held),
                item.state,
              ]),
            ),
      );
    }),
  );

const show = () =>
  command("show", "who is how far, and who holds what")
    .argument("<name>", "the assignment")
    .action((assignment, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        print(options, await client.assignments.get({ project, assignment }), describe);
      }),
    );

function describe(assignment: AssignmentDetail): string {
  const { name, mode, job, labels, people, overlap, records, progress, state } = assignment;
  const lines = [
    `${name}: ${mode === "verify" ? `verify job ${job}’s` : "label"} ${labels.join(", ")} · ${state}`,
    `${counted(records, "record")}, ${overlap === 1 ? "one person" : `${overlap} people`} each, ${people ? `for ${people.join(", ")}` : "for anyone"}`,
    `done: ${progressOf(assignment)} · complete: ${counted(progress.complete, "record")} · held: ${count(progress.held)}`,
    "",
  ];
  const shares = table(
    [
      { title: "person", width: 40 },
      { title: "done", align: "right" },
      { title: "held", align: "right" },
      { title: "skipped", align: "right" },
      { title: "last active" },
    ],
    assignment.shares.map((share) => [
      share.person,
      count(share.done),
      count(share.held),
      count(share.skipped),
      share.lastAt?.slice(0, 16).replace("T", " ") ?? "never",
    ]),
  );
  return `${lines.join("\n")}${assignment.shares.length > 0 ? shares : "Nobody has begun.\n"}`;
}

const next = () =>
  command("next", "the next records for you; asking again gives the same")
    .argument("<name>", "the assignment")
    .option("--count <n>", "so many in hand, 1 to 20", wholeNumber, 1)
    .option("--again", "also those that you have passed over")
    .action((assignment, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const turn = await client.assignments.next({
          project,
          assignment,
          count: options.count,
          again: options.again ?? false,
        });
        print(options, turn, () => describeTurn(turn));
      }),
    );

function describeTurn({ items, done, skipped, left, held }: Turn): string {
  if (items.length > 0) return items.map(describeRecord).join("\n");
  const rest = [
    `you have done ${count(done)}`,
    ...(skipped > 0 ? [`passed over ${count(skipped)} (--again hands them out)`] : []),
    ...(held > 0 ? [`others hold ${count(held)}, which may come back`] : []),
    ...(left > 0 ? [`${count(left)} are open`] : []),
  ];
  return `Nothing left for you: ${rest.join(", ")}.\n`;
}

function describeRecord({ record, until }: AssignedRecord): string {
  const labels = record.labels.map((label) => {
    const value = [label.verified?.value ?? label.value].flat().join(", ");
    return `  ${label.name}: ${value}${label.annotator.kind === "job" ? ` (job ${label.annotator.job}, label ${label.id})` : " (yours)"}\n`;
  });
  return `${record.key} (record ${record.id}, yours until ${until.slice(11, 16)} UTC)\n  ${printable(record.content)}\n${labels.join("")}`;
}

const release = () =>
  command("release", "give back what is held, so that others can have it")
    .argument("<name>", "the assignment")
    .option("--person <name>", "what this person holds; what you hold if left out")
    .option("--everybody", "what everybody holds")
    .option("--key <key...>", "only records with these keys")
    .action((assignment, options) => {
      if (options.person !== undefined && options.everybody)
        throw new UsageError("--person and --everybody exclude each other.");
      return connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const done = await client.assignments.release({
          project,
          assignment,
          ...(options.everybody && { person: null }),
          ...(options.person !== undefined && { person: options.person }),
          ...(options.key && { records: options.key }),
        });
        print(options, done, ({ released }) => `Released ${counted(released, "record")}.\n`);
      });
    });

const extend = () =>
  filtered("extend", "add records or people, or have each record done by more people")
    .argument("<name>", "the assignment")
    .option("--add", "add the records that match and are not in it; all without a filter")
    .option("--limit <n>", "with --add: at most so many", wholeNumber)
    .option("--people <name...>", "who may take part from now on")
    .option("--anyone", "anyone may take part from now on")
    .option("--overlap <n>", "how many different people do each record", wholeNumber)
    .option("--idle-minutes <minutes>", "what is held goes back after so long", positive)
    .action(async (assignment, options) => {
      const where = conditionOf(options);
      if (!options.add && (where !== undefined || options.limit !== undefined))
        throw new UsageError("A filter or limit goes with --add.");
      if (options.people && options.anyone)
        throw new UsageError("--people and --anyone exclude each other.");
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const extended = await client.assignments.extend({
          project,
          assignment,
          ...(options.add && {
            add: {
              ...(where && { where }),
              ...(options.limit !== undefined && { limit: options.limit }),
            },
          }),
          ...(options.people && { people: options.people }),
          ...(options.anyone && { people: null }),
          ...(options.overlap !== undefined && { overlap: options.overlap }),
          ...(options.idleMinutes !== undefined && { idleMinutes: options.idleMinutes }),
        });
        print(
          options,
          extended,
          () =>
            `${extended.name}: ${counted(extended.added, "record")} added; ${progressOf(extended)} done.\n`,
        );
      });
    });

const close = () =>
  command("close", "hand out nothing more; what is done stays done")
    .argument("<name>", "the assignment")
    .action((assignment, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const closed = await client.assignments.close({ project, assignment });
        print(options, closed, () => `Closed ${closed.name}: ${progressOf(closed)} done.\n`);
      }),
    );

const reopen = () =>
  command("reopen", "hand records out again")
    .argument("<name>", "the assignment")
    .action((assignment, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const opened = await client.assignments.reopen({ project, assignment });
        print(options, opened, () => `Reopened ${opened.name}: ${progressOf(opened)} done.\n`);
      }),
    );

const remove = () =>
  command("delete", "delete an assignment; labels and verdicts that came of it stay")
    .argument("<name>", "the assignment")
    .option("--yes", "really")
    .action((assignment, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        if (!options.yes) {
          const found = await client.assignments.get({ project, assignment });
          throw new UsageError(
            `Who did what of ${found.name} (${progressOf(found)}) would be forgotten; add --yes to do it.`,
          );
        }
        const removed = await client.assignments.remove({ project, assignment });
        print(options, removed, () => `Deleted assignment ${removed.name}.\n`);
      }),
    );

export const assignment = () =>
  group("assignment", "hand records to people, so that no two do the same by accident")
    .addCommand(create())
    .addCommand(list())
    .addCommand(show())
    .addCommand(next())
    .addCommand(release())
    .addCommand(extend())
    .addCommand(close())
    .addCommand(reopen())
    .addCommand(remove());
