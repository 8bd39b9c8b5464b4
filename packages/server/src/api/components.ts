/** JSON Schema 2020-12, as far as ours go. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Schemas;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Schemas;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

const root = "#/components/schemas/";

/** The component that a reference names. */
export const componentOf = (reference: string): string => reference.slice(root.length);

/** Definitions of whole schemas, referred to as components. */
export interface Components {
  readonly schemas: Schemas;
  /** The same schema with its references to components that read differently when sent turned to those. */
  readonly renamed: (schema: JsonSchema) => JsonSchema;
}

/**
 * One set of components from the schemas of what is sent and of what is received. A schema that is the same in both is
 * one component; of one that differs, itself or in something it refers to, what is sent is named with `Input`.
 */
export function mergeComponents(sent: Schemas, received: Schemas): Components {
  const shared = Object.keys(sent).filter((name) => name in received);
  const differs = (name: string) => JSON.stringify(sent[name]) !== JSON.stringify(received[name]);
  const apart = new Set(shared.filter(differs));
  const touches = (name: string) => referencesOf(sent[name]).some((other) => apart.has(other));
  for (let size = -1; size !== apart.size; ) {
    size = apart.size;
    for (const name of shared.filter(touches)) apart.add(name);
  }

  const nameOf = (name: string) => (apart.has(name) ? `${name}Input` : name);
  const renamed = (schema: JsonSchema): JsonSchema =>
    JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
      key === "$ref" && typeof value === "string" ? root + nameOf(componentOf(value)) : value,
    );
  const input = Object.entries(sent).map(([name, schema]) => [nameOf(name), renamed(schema)]);
  const schemas = { ...Object.fromEntries(input), ...received };
  return { schemas: inOrder(schemas), renamed };
}

const referencesOf = (schema: JsonSchema | undefined): string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = ""]) =>
    componentOf(reference),
  );

const inOrder = (schemas: Schemas): Schemas =>
  Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
