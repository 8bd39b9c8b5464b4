import { AgentContent, ModelConfiguration, ModelParameters } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { agentOf, newDraft, nothingSaid, previewed, promptOnly } from "./draft.ts";

const draft = newDraft({
  labels: [
    { name: "tone", level: "record", kind: "single", options: [{ value: "a", text: "a" }] },
    { name: "topic", level: "record", kind: "single", options: [{ value: "b", text: "b" }] },
  ],
});

describe("a draft of an agent", () => {
  it("asks for every label, and leaves to the provider what is left empty", () => {
    const agent = agentOf({ ...draft, model: " gpt-4o-mini " });
    expect(agent).toEqual({
      model: { provider: "openai", model: "gpt-4o-mini" },
      parameters: { temperature: 0, topLogprobs: 5 },
      prompt: { format: "line" },
      labels: ["tone", "topic"],
    });
    expect(ModelParameters.safeParse(agent.parameters).success).toBe(true);
  });

  it("names an address and the variable of its key, where there is one", () => {
    const local = {
      ...draft,
      provider: "openai-compatible",
      model: "llama",
      address: "http://h/v1",
    } as const;
    expect(ModelConfiguration.parse(agentOf(local).model)).toEqual({
      provider: "openai-compatible",
      model: "llama",
      baseUrl: "http://h/v1",
    });
    expect(agentOf({ ...local, keyVariable: "MY_API_KEY" }).model).toHaveProperty(
      "keyVariable",
      "MY_API_KEY",
    );
  });

  it("names Azure's resource and deployment where the server's environment is not meant", () => {
    const azure = { ...draft, provider: "azure", model: "gpt-4o" } as const;
    expect(agentOf(azure).model).toEqual({ provider: "azure", model: "gpt-4o" });
    const named = { ...azure, address: "https://n.openai.azure.com", deployment: "mine" };
    expect(ModelConfiguration.parse(agentOf(named).model)).toEqual({
      provider: "azure",
      model: "gpt-4o",
      endpoint: "https://n.openai.azure.com",
      deployment: "mine",
    });
  });

  it("keeps an edited prompt, an emptied system part included", () => {
    const { prompt } = agentOf({ ...draft, system: "", user: "{{text}}" });
    expect(prompt).toEqual({ format: "line", system: "", user: "{{text}}" });
  });

  it("says how confidence is come by where it is not the usual way, and nothing of what is left empty", () => {
    expect(
      agentOf({ ...draft, confidence: "self-consistency", samples: 3, refine: true }),
    ).toMatchObject({ confidence: { by: "self-consistency", samples: 3 }, refine: true });
    const paraphrased = { ...draft, confidence: "paraphrase-consistency" } as const;
    expect(agentOf(paraphrased)).not.toHaveProperty("confidence");
    expect(
      agentOf({ ...paraphrased, paraphrases: ["Judge it.", " "].map((text, id) => ({ id, text })) })
        .confidence,
    ).toEqual({
      by: "paraphrase-consistency",
      prompts: [{ system: "Judge it." }],
    });
  });

  it("gives everything that the interface, the API's version and the model's capabilities need", () => {
    const capabilities = {
      ...nothingSaid,
      reasoning: "yes",
      seed: "no",
      temperature: "no",
      logprobs: "yes",
      contextTokens: 8192,
    } as const;
    const azure = { ...draft, provider: "azure", model: "m" } as const;
    const { model } = agentOf({
      ...azure,
      interface: "responses",
      apiVersion: "2025-04-01-preview",
      capabilities,
    });
    expect(ModelConfiguration.parse(model)).toEqual({
      provider: "azure",
      model: "m",
      interface: "responses",
      apiVersion: "2025-04-01-preview",
      capabilities: {
        reasoning: true,
        seed: false,
        temperature: false,
        logprobs: 20,
        contextTokens: 8192,
      },
    });
    const local = { ...azure, provider: "openai-compatible", address: "http://h/v1" } as const;
    expect(agentOf({ ...local, interface: "responses" }).model).not.toHaveProperty("interface");
    expect(agentOf({ ...local, interface: "completions" }).model).toHaveProperty(
      "interface",
      "completions",
    );
    const claude = { ...azure, provider: "anthropic", interface: "completions" } as const;
    expect(agentOf(claude).model).toEqual({ provider: "anthropic", model: "m" });
  });

  it("can be looked at before a model is chosen, and with it once it can be reached", () => {
    for (const unnamed of [draft, { ...draft, provider: "openai-compatible", model: "m" } as const])
      expect(AgentContent.shape.model.parse(previewed(unnamed).model)).toEqual(
        promptOnly(draft).model,
      );
    expect(previewed({ ...draft, model: "gpt-4o" }).model).toEqual({
      provider: "openai",
      model: "gpt-4o",
    });
  });
});
