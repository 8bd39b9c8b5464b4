import { Option } from "@commander-js/extra-typings";
import { type Embedding, EmbeddingModel, type EmbeddingState } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count, counted, money } from "../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../filter.ts";
import { type ModelOptions, modelOf } from "../model.ts";
import { print, remark } from "../output.ts";
import { printable, table } from "../table.ts";
import { CommandFailed, UsageError } from "../usage.ts";

const providers = EmbeddingModel.options.map(({ shape }) => shape.provider.value);

/** A command that is told of a model and of records. */
const described = (name: string, description: string) =>
  filtered(name, description)
    .requiredOption("--model <name>", "the model, as its provider calls it")
    .addOption(
      new Option(
        "--provider <provider>",
        "whose service; openai if left out, openai-compatible with --base-url",
      ).choices(providers),
    )
    .option("--base-url <url>", "address of an OpenAI-compatible server, up to /v1")
    .option("--endpoint <url>", "address of an Azure resource; AZURE_OPENAI_ENDPOINT if left out")
    .option("--deployment <name>", "name of an Azure deployment; the model's if left out")
    .option("--api-version <version>", "a dated version of Azure's API; its v1 API if left out")
    .option("--key-variable <NAME>", "the server's environment variable that holds the key")
    .option(
      "--dimensions <n>",
      "numbers of a vector, where the model leaves a choice",
      wholeNumber,
    );

function contentOf(
  options: ModelOptions &
    Parameters<typeof conditionOf>[0] & { readonly dimensions?: number | undefined },
) {
  const model = EmbeddingModel.safeParse(modelOf(options));
  if (!model.success)
    throw new UsageError(model.error.issues.map(({ message }) => message).join("; "));
  const where = conditionOf(options);
  return {
    model: model.data,
    ...(options.dimensions !== undefined && { dimensions: options.dimensions }),
    ...(where && { where }),
  };
}

const words: Readonly<Record<EmbeddingState, string>> = {
  waiting: "waiting for a worker",
  running: "running",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
};

const describe = (project: string, one: Embedding): string => {
  const { name, model, records, refusals, problem } = one;
  const missing = records.total - records.done - records.refused;
  return [
    `Vectors ${printable(name)} of ${project}: ${words[one.state]}; ${count(records.done)} of ${counted(records.total, "record")}${records.refused > 0 ? `, ${count(records.refused)} refused` : ""}.`,
    model
      ? `${model.model} at ${model.provider === "openai-compatible" ? model.baseUrl : model.provider}${one.simulated ? " (simulated)" : ""}, ${count(one.tokens)} tokens, ${one.usd === null ? "cost unknown" : money(one.usd)}`
      : "imported with the metadata",
    ...refusals.map(
      ({ key, reason, message }) => `${printable(key)}: ${reason}: ${printable(message)}`,
    ),
    ...(problem ? [`${printable(problem.what)} ${problem.next}`] : []),
    ...(records.done > 0
      ? [`Next: countersign records search --similar-to KEY --similar-by ${name}`]
      : []),
    ...(missing > 0 && one.state !== "running" && one.state !== "waiting" && model
      ? [`${counted(missing, "record")} missing: countersign embeddings resume ${name}`]
      : []),
    "",
  ].join("\n");
};

/** Tells how far it is until it ends. Ctrl-C leaves it going on in the background. */
async function follow(client: Countersign, project: string, name: string): Promise<Embedding> {
  let told = -1;
  let last: Embedding | undefined;
  for await (const now of client.embeddings.watch({ project, name })) {
    last = now;
    if (now.records.done === told) continue;
    told = now.records.done;
    remark(`${count(told)} of ${counted(now.records.total, "record")} have a vector.`);
  }
  return last ?? client.embeddings.get({ project, name });
}

const estimated = ({
  records,
  tokens,
  usd,
}: Awaited<ReturnType<Countersign["embeddings"]["estimate"]>>): string =>
  `${counted(records, "record")}, about ${count(tokens)} tokens, ${usd === null ? "cost unknown" : money(usd)}.`;

const estimate = () =>
  described("estimate", "what vectors will take; asks and stores nothing").action((options) => {
    const content = contentOf(options);
    return connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const found = await client.embeddings.estimate({ project, ...content });
      print(options, found, () => `${estimated(found)}\n`);
    });
  });

const create = () =>
  described("create", "have a model make vectors of the records' texts, to find similar ones by")
    .argument("<name>", "what to call the vectors")
    .option("--detach", "do not wait for the end")
    .action((name, options) => {
      const content = contentOf(options);
      return connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        remark(estimated(await client.embeddings.estimate({ project, ...content })));
        const begun = await client.embeddings.create({ project, name, ...content });
        const one = options.detach ? begun : await follow(client, project, name);
        print(options, one, () => describe(project, one));
        if (one.state === "failed") throw new CommandFailed();
      });
    });

const resume = () =>
  command("resume", "compute the vectors that are missing")
    .argument("<name>", "of the vectors")
    .option("--detach", "do not wait for the end")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const begun = await client.embeddings.resume({ project, name });
        const one = options.detach ? begun : await follow(client, project, name);
        print(options, one, () => describe(project, one));
        if (one.state === "failed") throw new CommandFailed();
      }),
    );

const list = () =>
  command("list", "vectors by name, imported and computed").action((options) =>
    connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const { items } = await client.embeddings.list({ project });
      print(options, items, () =>
        items.length === 0
          ? "No vectors. Make some: countersign embeddings create NAME --model MODEL\n"
          : table(
              [
                { title: "name", width: 40 },
                { title: "state" },
                { title: "model", width: 40 },
                { title: "records", align: "right" },
                { title: "of", align: "right" },
                { title: "by" },
              ],
              items.map((one) => [
                one.name,
                one.state,
                one.model?.model ?? "imported",
                count(one.records.done),
                count(one.records.total),
                one.createdBy,
              ]),
            ),
      );
    }),
  );

const show = () =>
  command("show", "vectors of a name, and how far computing them is")
    .argument("<name>", "of the vectors")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const one = await client.embeddings.get({ project, name });
        print(options, one, () => describe(project, one));
      }),
    );

const cancel = () =>
  command("cancel", "stop computing; vectors that are there stay")
    .argument("<name>", "of the vectors")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const one = await client.embeddings.cancel({ project, name });
        print(options, one, () => describe(project, one));
      }),
    );

const remove = () =>
  command("delete", "delete the vectors of a name")
    .argument("<name>", "of the vectors")
    .action((name, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const removed = await client.embeddings.remove({ project, name });
        print(options, removed, () => `${counted(removed.removed, "vector")} deleted.\n`);
      }),
    );

export const embeddings = () =>
  group("embeddings", "vectors of records, to find similar ones by")
    .addCommand(create())
    .addCommand(estimate())
    .addCommand(list())
    .addCommand(show())
    .addCommand(cancel())
    .addCommand(resume())
    .addCommand(remove());
