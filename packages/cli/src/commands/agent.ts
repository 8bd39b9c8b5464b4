import { readFile } from "node:fs/promises";
import { Option } from "@commander-js/extra-typings";
import type { Agent, PromptParts } from "@countersign/core";
import type { Countersign, NewAgent } from "@countersign/sdk";
import { InvalidArgumentError } from "commander";
import { command, group } from "../command.ts";
import { confidenceMethods, confidenceOf, describeConfidence } from "../confidence.ts";
import { connected, projectOf } from "../connection.ts";
import { examplesFile } from "../examples-file.ts";
import { count, money } from "../figures.ts";
import { condition } from "../filter/words.ts";
import { conditionOf, wholeNumber } from "../filter.ts";
import { capabilitiesIn, interfaces, modelOf, providers } from "../model.ts";
import { print } from "../output.ts";
import { printable, table } from "../table.ts";
import { UsageError } from "../usage.ts";

function number(text: string): number {
  const n = Number(text);
  if (text.trim() !== "" && Number.isFinite(n)) return n;
  throw new InvalidArgumentError("It is a number.");
}

async function textOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} cannot be read.`);
  });
}

const notes = (agent: { readonly notes: readonly string[] }): string =>
  agent.notes.map((note) => `Note: ${note}\n`).join("");

/** A command that is told what an agent is made of. */
const described = (name: string, description: string) =>
  command(name, description)
    .requiredOption("--model <name>", "the model, as its provider calls it")
    .addOption(
      new Option(
        "--provider <provider>",
        "whose service; openai if left out, openai-compatible with --base-url",
      ).choices(providers),
    )
    .addOption(
      new Option(
        "--interface <interface>",
        "of openai, azure and openai-compatible; chat if left out",
      ).choices(interfaces),
    )
    .option("--base-url <url>", "address of an OpenAI-compatible server, up to /v1")
    .option("--endpoint <url>", "address of an Azure resource; AZURE_OPENAI_ENDPOINT if left out")
    .option("--deployment <name>", "name of an Azure deployment; the model's if left out")
    .option("--api-version <version>", "a dated version of Azure's API; its v1 API if left out")
    .option("--key-variable <NAME>", "the server's environment variable that holds the key")
    .option(
      "--capabilities <json>",
      "what you know of the model better than the built-in table",
      capabilitiesIn,
    )
    .option("--name <name>", "what to call the agent; the model's name if left out")
    .option("--labels <name...>", "labels to ask for; all of the schema if left out")
    .option("--system <file>", "the system part of the prompt")
    .option("--user <file>", "the user part, with {{text}} where the record goes")
    .addOption(
      new Option("--format <format>", "what replies are asked to look like").choices([
        "line",
        "json",
        "structured",
      ] as const),
    )
    .option("--examples <file>", "JSON: [{text, values}] or [{record}], shown in the prompt")
    .addOption(
      new Option(
        "--confidence <method>",
        "how sure a label is; label-token-probability if left out",
      ).choices(confidenceMethods),
    )
    .option("--samples <n>", "replies a record, for --confidence self-consistency", wholeNumber)
    .option(
      "--paraphrases <file>",
      "JSON: [{system, user}], for --confidence paraphrase-consistency",
    )
    .option("--refine", "map a reply that names no option by a second call")
    .option("--temperature <n>", "0 to 2", number)
    .option("--top-p <n>", "0 to 1", number)
    .option("--seed <n>", "for providers that take one", number)
    .option("--max-output-tokens <n>", "longest reply", wholeNumber)
    .option(
      "--top-logprobs <n>",
      "alternatives asked for at each token, 0 for no probabilities",
      number,
    );

/** The agent that the options describe; files are read. */
async function newAgentOf(
  options: ReturnType<ReturnType<typeof described>["opts"]>,
): Promise<NewAgent> {
  const model = modelOf(options);
  const [system, user] = await Promise.all([textOf(options.system), textOf(options.user)]);
  const examples =
    options.examples === undefined ? undefined : await examplesFile(options.examples);
  const confidence = await confidenceOf(options);
  return {
    model,
    ...(options.name !== undefined && { name: options.name }),
    ...(options.labels !== undefined && { labels: options.labels }),
    ...(examples !== undefined && { examples }),
    ...(confidence && { confidence }),
    ...(options.refine && { refine: true as const }),
    parameters: {
      ...(options.temperature !== undefined && { temperature: options.temperature }),
      ...(options.topP !== undefined && { topP: options.topP }),
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.maxOutputTokens !== undefined && { maxOutputTokens: options.maxOutputTokens }),
      ...(options.topLogprobs !== undefined && { topLogprobs: options.topLogprobs }),
    },
    prompt: {
      ...(system !== undefined && { system }),
      ...(user !== undefined && { user }),
      ...(options.format !== undefined && { format: options.format }),
    },
  };
}

const create = () =>
  described("create", "register a model and a prompt; the same content is the same agent").action(
    async (options) => {
      const made = await newAgentOf(options);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const agent = await client.agents.create({ project, ...made });
        print(options, agent, () =>
          agent.created
            ? `Created agent ${agent.name} (${agent.id.slice(0, 12)}).\n${notes(agent)}Next: countersign agent show ${agent.id.slice(0, 12)} --probe --project ${project}\n      countersign job run --agent ${agent.id.slice(0, 12)} --project ${project}\n`
            : `Nothing changed: this is agent ${agent.name} (${agent.id.slice(0, 12)}), made ${agent.createdAt.slice(0, 10)}.\n`,
        );
      });
    },
  );

const preview = () =>
  described(
    "preview",
    "the prompts an agent would send, their tokens and price; makes nothing and calls nothing",
  )
    .optionsGroup("Which records:")
    .option("--records <n>", "how many at most, up to 20; 2 if left out", wholeNumber)
    .option("--keyword <text>", "whose text contains this")
    .option("--key <key...>", "these, by their keys")
    .option("--where <json>", "of those that match a search condition, as in the API", condition)
    .action(async (options) => {
      const agent = await newAgentOf(options);
      const { keyword, where, key, records } = options;
      const chosen = conditionOf({ keyword, where });
      await connected(options, async ({ client }) => {
        const shown = await client.agents.preview({
          project: await projectOf(client, options),
          agent,
          ...(chosen !== undefined && { where: chosen }),
          ...(key !== undefined && { keys: key }),
          ...(records !== undefined
            ? { records }
            : key !== undefined && { records: Math.min(20, key.length) }),
        });
        print(options, shown, describePreview);
      });
    });

function describePreview(shown: Awaited<ReturnType<Countersign["agents"]["preview"]>>): string {
  const { prompts, tokenizer, replyTokens, contextTokens, usdPerThousand } = shown;
  const tokens = (n: number) => `${count(Math.round(n))} tokens`;
  return [
    ...prompts.flatMap(({ key, system, user, tokens: long, calls, usd, fits }) => [
      `— record ${printable(key)}: ${tokens(long)}${calls > 1 ? `, asked ${calls} times` : ""}, ${usd === null ? "cost unknown" : `$${usd.toFixed(6)}`}${fits === false ? "; LONGER than the model takes" : ""} —`,
      ...(system === null ? [] : [printed(system), ""]),
      printed(user),
      "",
    ]),
    ...(prompts.length === 0 ? ["No record to show it on.\n"] : []),
    `tokens counted with ${tokenizer.name}; a reply is expected to take ${tokens(replyTokens.likely)}`,
    `the model takes ${contextTokens === null ? "nobody knows how many tokens" : tokens(contextTokens)}`,
    `a thousand records like these: ${money(usdPerThousand)}`,
    "",
  ].join("\n");
}

/** A prompt as it is, but for what would move a terminal's cursor. */
const printed = (text: string): string => text.split("\n").map(printable).join("\n");

const list = () =>
  command("list", "agents with their jobs, newest first")
    .addOption(new Option("--provider <provider>", "of this provider").choices(providers))
    .option("--model <name>", "of this model")
    .option("--creator <name>", "made by this person")
    .action((options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const { provider, model, creator } = options;
        const filter = {
          ...(provider !== undefined && { provider }),
          ...(model !== undefined && { model }),
          ...(creator !== undefined && { creator }),
        };
        const agents = await Array.fromAsync(client.agents.all({ project, ...filter }));
        print(options, agents, () =>
          agents.length === 0
            ? Object.keys(filter).length > 0
              ? "No such agent.\n"
              : "No agent yet. Make one: countersign agent create --model NAME\n"
            : table(
                [
                  { title: "id" },
                  { title: "name", width: 40 },
                  { title: "model", width: 40 },
                  { title: "labels", width: 40 },
                  { title: "made by", width: 20 },
                  { title: "jobs" },
                ],
                agents.map((agent) => [
                  agent.id.slice(0, 12),
                  agent.name,
                  agent.content.model.model,
                  agent.content.labels.join(", "),
                  agent.createdBy,
                  agent.jobs.join(", "),
                ]),
              ),
        );
      }),
    );

const part = (name: string, { system, user }: PromptParts): string[] => [
  `\n— ${name} —`,
  ...(system === undefined ? [] : [system, ""]),
  user,
];

const describe = ({ id, name, content, createdAt, createdBy, jobs }: Agent): string => {
  const { model, parameters, prompt, confidence, refine } = content;
  return [
    `${name} (${id.slice(0, 12)})`,
    `made ${createdAt.slice(0, 16).replace("T", " ")} by ${createdBy}; jobs: ${jobs.join(", ") || "none"}`,
    `model ${model.model} at ${model.provider === "openai-compatible" ? model.baseUrl : model.provider}`,
    `parameters ${Object.entries(parameters)
      .map(([parameter, value]) => `${parameter} ${value}`)
      .join(", ")}`,
    `confidence ${describeConfidence(confidence)}`,
    ...(prompt.system === undefined ? [] : ["\n— system —", prompt.system]),
    ...(prompt.examples ?? []).flatMap(({ text, reply }) => ["\n— example —", text, `→ ${reply}`]),
    "\n— user —",
    prompt.user,
    ...(confidence?.by === "paraphrase-consistency"
      ? confidence.prompts.flatMap((parts, index) => part(`paraphrase ${index + 1}`, parts))
      : []),
    ...(refine ? part("for a reply that names no option", refine) : []),
    "",
  ].join("\n");
};

function describeProbe(probe: Awaited<ReturnType<Countersign["agents"]["probe"]>>): string {
  const { record, reply, modelVersion, probabilities, inputTokens, outputTokens, cost } = probe;
  return [
    `\n— asked about ${record === null ? "a stand-in text, as there is no record" : `record ${record}`}, it answered —`,
    reply,
    `\nby ${modelVersion ?? "a version it does not name"}${probe.simulated ? " (simulated)" : ""}, in ${(probe.latencyMs / 1000).toFixed(1)} s`,
    `tokens ${inputTokens ?? "?"} in, ${outputTokens ?? "?"} out; cost ${cost === null ? "not known" : `$${cost.toFixed(6)}`}; ${probabilities ? "with" : "without"} token probabilities`,
    "",
  ].join("\n");
}

const show = () =>
  command("show", "an agent with its whole prompt")
    .argument("<agent>", "its name, its id, or the start of its id")
    .option("--probe", "ask its model once, about the first record, and show what comes")
    .action((agent, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const shown = await client.agents.get({ project, agent });
        if (!options.probe) return print(options, shown, describe);
        const probe = await client.agents.probe({ project, agent });
        print(
          options,
          { ...shown, probe },
          (whole) => describe(whole) + describeProbe(whole.probe),
        );
      }),
    );

export const agent = () =>
  group("agent", "models with their prompts")
    .addCommand(create())
    .addCommand(preview())
    .addCommand(list())
    .addCommand(show());
