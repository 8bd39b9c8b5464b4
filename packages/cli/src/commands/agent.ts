import { readFile } from "node:fs/promises";
import { Option } from "@commander-js/extra-typings";
import type { Agent, ModelConfiguration } from "@countersign/core";
import { InvalidArgumentError } from "commander";
import { command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { wholeNumber } from "../filter.ts";
import { print } from "../output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";

function number(text: string): number {
  const n = Number(text);
  if (text.trim() !== "" && Number.isFinite(n)) return n;
  throw new InvalidArgumentError("It is a number.");
}

interface ModelOptions {
  readonly model: string;
  readonly provider?: "openai" | "openai-compatible" | undefined;
  readonly baseUrl?: string | undefined;
  readonly keyVariable?: string | undefined;
}

function modelOf({ model, provider, baseUrl, keyVariable }: ModelOptions): ModelConfiguration {
  if (provider === "openai" || (provider === undefined && baseUrl === undefined)) {
    if (baseUrl !== undefined)
      throw new UsageError(
        "--base-url goes with --provider openai-compatible; openai reads OPENAI_BASE_URL.",
      );
    if (keyVariable !== undefined)
      throw new UsageError("--key-variable goes with --base-url; openai reads OPENAI_API_KEY.");
    return { provider: "openai", model };
  }
  if (baseUrl === undefined) throw new UsageError("--provider openai-compatible needs --base-url.");
  return {
    provider: "openai-compatible",
    model,
    baseUrl,
    ...(keyVariable !== undefined && { keyVariable }),
  };
}

async function textOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} cannot be read.`);
  });
}

const create = () =>
  command("create", "register a model and a prompt; the same content is the same agent")
    .requiredOption("--model <name>", "the model, as its provider calls it")
    .addOption(
      new Option("--provider <provider>", "openai, or openai-compatible with --base-url").choices([
        "openai",
        "openai-compatible",
      ] as const),
    )
    .option("--base-url <url>", "address of an OpenAI-compatible server, up to /v1")
    .option("--key-variable <NAME>", "the server's environment variable that holds the key")
    .option("--name <name>", "what to call the agent; the model's name if left out")
    .option("--labels <name...>", "labels to ask for; all of the schema if left out")
    .option("--system <file>", "the system part of the prompt")
    .option("--user <file>", "the user part, with {{text}} where the record goes")
    .addOption(
      new Option("--format <format>", "what replies are asked to look like").choices([
        "line",
        "json",
      ] as const),
    )
    .option("--temperature <n>", "0 to 2", number)
    .option("--top-p <n>", "0 to 1", number)
    .option("--seed <n>", "for providers that take one", number)
    .option("--max-output-tokens <n>", "longest reply", wholeNumber)
    .option(
      "--top-logprobs <n>",
      "alternatives asked for at each token, 0 for no probabilities",
      number,
    )
    .action(async (options) => {
      const model = modelOf(options);
      const [system, user] = await Promise.all([textOf(options.system), textOf(options.user)]);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const agent = await client.agents.create({
          project,
          model,
          ...(options.name !== undefined && { name: options.name }),
          ...(options.labels !== undefined && { labels: options.labels }),
          parameters: {
            ...(options.temperature !== undefined && { temperature: options.temperature }),
            ...(options.topP !== undefined && { topP: options.topP }),
            ...(options.seed !== undefined && { seed: options.seed }),
            ...(options.maxOutputTokens !== undefined && {
              maxOutputTokens: options.maxOutputTokens,
            }),
            ...(options.topLogprobs !== undefined && { topLogprobs: options.topLogprobs }),
          },
          prompt: {
            ...(system !== undefined && { system }),
            ...(user !== undefined && { user }),
            ...(options.format !== undefined && { format: options.format }),
          },
        });
        print(options, agent, () =>
          agent.created
            ? `Created agent ${agent.name} (${agent.id.slice(0, 12)}).\nNext: countersign job run --agent ${agent.id.slice(0, 12)} --project ${project}\n`
            : `Nothing changed: this is agent ${agent.name} (${agent.id.slice(0, 12)}), made ${agent.createdAt.slice(0, 10)}.\n`,
        );
      });
    });

const list = () =>
  command("list", "agents, newest first").action((options) =>
    connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const agents = await Array.fromAsync(client.agents.all({ project }));
      print(options, agents, () =>
        agents.length === 0
          ? "No agent yet. Make one: countersign agent create --model NAME\n"
          : table(
              [
                { title: "id" },
                { title: "name", width: 40 },
                { title: "model", width: 40 },
                { title: "labels", width: 40 },
                { title: "jobs" },
              ],
              agents.map((agent) => [
                agent.id.slice(0, 12),
                agent.name,
                agent.content.model.model,
                agent.content.labels.join(", "),
                agent.jobs.join(", "),
              ]),
            ),
      );
    }),
  );

const describe = ({ id, name, content, createdAt, createdBy, jobs }: Agent): string => {
  const { model, parameters, prompt } = content;
  return [
    `${name} (${id.slice(0, 12)})`,
    `made ${createdAt.slice(0, 16).replace("T", " ")} by ${createdBy}; jobs: ${jobs.join(", ") || "none"}`,
    `model ${model.model} at ${model.provider === "openai-compatible" ? model.baseUrl : model.provider}`,
    `parameters ${Object.entries(parameters)
      .map(([parameter, value]) => `${parameter} ${value}`)
      .join(", ")}`,
    ...(prompt.system === undefined ? [] : ["\n— system —", prompt.system]),
    "\n— user —",
    prompt.user,
    "",
  ].join("\n");
};

const show = () =>
  command("show", "an agent with its whole prompt")
    .argument("<agent>", "its name, its id, or the start of its id")
    .action((agent, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        print(options, await client.agents.get({ project, agent }), describe);
      }),
    );

export const agent = () =>
  group("agent", "models with their prompts")
    .addCommand(create())
    .addCommand(list())
    .addCommand(show());
