import type { ModelConfiguration } from "@countersign/core";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a model is reached, as the server's environment has it at this moment. Holds no key, only its variable's name. */
export interface Connection {
  /** Base address, without a slash at its end. */
  readonly address: string;
  readonly model: string;
  /** The environment variable that holds the key; undefined where none is sent. */
  readonly keyVariable: string | undefined;
}

export function connectionOf(model: ModelConfiguration, environment: Environment): Connection {
  switch (model.provider) {
    case "openai":
      return {
        address: bare(environment.OPENAI_BASE_URL || "https://api.openai.com/v1"),
        model: model.model,
        keyVariable: "OPENAI_API_KEY",
      };
    case "openai-compatible":
      return { address: bare(model.baseUrl), model: model.model, keyVariable: model.keyVariable };
  }
}

/** Calls whose connections have the same name share one provider's limits, which hold per account and model. */
export const limitsName = ({ address, model, keyVariable }: Connection): string =>
  JSON.stringify([address, keyVariable ?? null, model]);

const bare = (address: string) => address.replace(/\/+$/, "");
