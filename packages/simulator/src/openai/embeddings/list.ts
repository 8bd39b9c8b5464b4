import type { Given } from "../../simulation/model-call.ts";
import { vectorOf } from "./vector.ts";

/** The body of a 200: a vector for each text, in their order. */
export const embeddingList =
  (model: string, texts: readonly string[], dimensions: number, format: "float" | "base64") =>
  ({ usage }: Given): string =>
    JSON.stringify({
      object: "list",
      data: texts.map((text, index) => {
        const vector = vectorOf(text, dimensions);
        return {
          object: "embedding",
          index,
          embedding:
            format === "float"
              ? vector
              : Buffer.from(Float32Array.from(vector).buffer).toString("base64"),
        };
      }),
      model,
      usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens },
    });
