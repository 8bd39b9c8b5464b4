import { Option } from "@commander-js/extra-typings";
import {
  type Condition,
  NewSample,
  OneAnnotator,
  type Strata,
  type Subset,
} from "@countersign/core";
import { InvalidArgumentError } from "commander";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count, counted } from "../figures.ts";
import { annotator, seed, sort } from "../filter/words.ts";
import { conditionOf, filtered, wholeNumber } from "../filter.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";

const create = () =>
  filtered("create", "save a search, or freeze the records that it finds now")
    .argument("<name>", "what it is to be called")
    .addOption(
      new Option("--kind <kind>", "frozen: these records, kept; search: whatever it finds then")
        .choices(["frozen", "search"] as const)
        .default("frozen" as const),
    )
    .option("--union <subset...>", "records that are in any of these subsets")
    .option("--intersection <subset...>", "records that are in all of these subsets")
    .option("--difference <subset...>", "records that are in the first and in none of the others")
    .option("--sort <what>", "the order that is kept, as for records search", sort)
    .option("--descending", "highest first")
    .option("--limit <n>", "freeze at most so many", wholeNumber)
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const conditions = [conditionOf(options), ...algebra(options)].flatMap((one) => one ?? []);
        const [only, ...others] = conditions;
        const where = others.length > 0 ? { all: conditions } : only;
        const order = options.sort ?? { by: "id" as const };
        const subset = await client.subsets.create({
          project: await projectOf(client, options),
          name,
          kind: options.kind,
          ...(where && { where }),
          sort: options.descending ? { ...order, order: "descending" } : order,
          ...(options.limit !== undefined && { limit: options.limit }),
        });
        print(options, subset, told);
      }),
    );

interface Algebra {
  readonly union?: string[] | undefined;
  readonly intersection?: string[] | undefined;
  readonly difference?: string[] | undefined;
}

function algebra({ union, intersection, difference }: Algebra): Condition[] {
  const conditions: Condition[] = [];
  if (union) conditions.push({ any: union.map((subset) => ({ subset })) });
  if (intersection) conditions.push({ all: intersection.map((subset) => ({ subset })) });
  if (difference) {
    const [from = "", ...without] = difference;
    if (without.length === 0)
      throw new UsageError(
        "--difference takes two subsets or more: of the first, without the others.",
      );
    conditions.push({ subset: from }, { not: without.map((subset) => ({ subset })) });
  }
  return conditions;
}

/** “metadata:NAME”, “label:NAME:gold”, “label:NAME:3” */
function strata(text: string): Strata {
  const [kind, name = "", ...rest] = text.split(":");
  if (kind === "metadata" && name !== "") return { metadata: [name, ...rest].join(":") };
  if (kind === "label" && name !== "" && rest.length > 0) {
    const of = OneAnnotator.safeParse(annotator(rest.join(":")));
    if (of.success) return { label: { name, of: of.data } };
  }
  throw new InvalidArgumentError(
    "It looks like “metadata:NAME”, “label:NAME:gold” or, of job 3, “label:NAME:3”.",
  );
}

const sample = () =>
  filtered("sample", "draw a sample at random, and freeze it")
    .argument("<name>", "what it is to be called")
    .requiredOption("--size <n>", "so many records", wholeNumber)
    .option(
      "--seed <n>",
      "the same seed draws the same; one is chosen and recorded if left out",
      seed,
    )
    .option("--strata <what>", "draw from each stratum: metadata:NAME, label:NAME:gold", strata)
    .option("--equal", "as many from each stratum, instead of in proportion")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const where = conditionOf(options);
        if (options.equal && !options.strata) throw new UsageError("--equal needs --strata WHAT.");
        const subset = await client.subsets.sample({
          project: await projectOf(client, options),
          ...NewSample.parse({
            name,
            size: options.size,
            ...(where && { where }),
            seed: options.seed,
            strata: options.strata,
            allocation: options.equal ? "equal" : "proportional",
          }),
        });
        print(options, subset, told);
      }),
    );

const list = () =>
  command("list", "the project's subsets").action((options) =>
    connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const subsets = await Array.fromAsync(client.subsets.all({ project }));
      print(options, subsets, () =>
        subsets.length === 0
          ? "No subset yet. Make one: countersign subset create NAME --keyword TEXT\n"
          : table(
              [
                { title: "subset", width: 40 },
                { title: "kind" },
                { title: "records", align: "right" },
                { title: "created" },
                { title: "by" },
              ],
              subsets.map((subset) => [
                subset.name,
                subset.drawing ? "sample" : subset.kind,
                subset.size === null ? "–" : count(subset.size),
                subset.createdAt.slice(0, 10),
                subset.createdBy,
              ]),
            ),
      );
    }),
  );

const show = () =>
  command("show", "one subset: what it is, and how it was made")
    .argument("<name>", "the subset")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        print(options, await client.subsets.get({ project, subset: name }), describe);
      }),
    );

const remove = () =>
  command("delete", "delete a subset; its records stay")
    .argument("<name>", "the subset")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const subset = await client.subsets.remove({ project, subset: name });
        print(
          options,
          subset,
          () => `Deleted subset ${subset.name}; its records are still there.\n`,
        );
      }),
    );

const told = (subset: Subset): string =>
  `${describe(subset)}Next: countersign records search --subset ${quoted(subset.name)}\n`;

const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `'${name}'`);

function describe({ name, kind, size, where, drawing }: Subset): string {
  const searched = `where   ${where ? JSON.stringify(where) : "every record"}\n`;
  if (kind === "search") return `saved search ${name}\n${searched}`;
  const head = `${drawing ? "sample" : "frozen subset"} ${name}, ${counted(size ?? 0, "record")}\n${searched}`;
  if (!drawing) return head;
  const drawn = `seed    ${drawing.seed}\n`;
  if (!drawing.strata) return head + drawn;
  return `${head}${drawn}strata  ${JSON.stringify(drawing.strata)}, ${drawing.allocation}\n${table(
    [
      { title: "stratum", width: 40 },
      { title: "records", align: "right" },
      { title: "drawn", align: "right" },
    ],
    drawing.drawn.map((stratum) => [
      stratum.value === null ? "none" : [stratum.value].flat().join(", "),
      count(stratum.records),
      count(stratum.drawn),
    ]),
  )}`;
}

export const subset = () =>
  group("subset", "save searches, freeze sets of records, draw samples")
    .addCommand(create())
    .addCommand(sample())
    .addCommand(list())
    .addCommand(show())
    .addCommand(remove());
