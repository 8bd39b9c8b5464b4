/** The body of `GET /v1/models`. */
export const modelList = (models: readonly string[]): string =>
  JSON.stringify({ object: "list", data: models.map(model) });

/** The body of `GET /v1/models/{model}`. */
export const modelBody = (id: string): string => JSON.stringify(model(id));

const model = (id: string) => ({
  id,
  object: "model",
  created: 0,
  owned_by: "countersign-simulator",
});
