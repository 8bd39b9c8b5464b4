import { componentOf, type JsonSchema } from "./components.ts";

/** A piece of notation: text, or the name of a component. */
export type Piece = string | { readonly component: string };

/**
 * A schema as TypeScript would write the type, its fields a line each with their descriptions as comments. For people;
 * bounds and patterns are in the OpenAPI document.
 */
export function notation(schema: JsonSchema, indent = ""): Piece[] {
  if (schema.$ref !== undefined) return [{ component: componentOf(schema.$ref) }];
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map((value) => JSON.stringify(value)).join(" | ")];
  const either = schema.anyOf ?? schema.oneOf;
  if (either)
    return either.flatMap((option, index) => [
      ...(index > 0 ? [" | "] : []),
      ...notation(option, indent),
    ]);
  if (schema.items) return ["Array<", ...notation(schema.items, indent), ">"];
  if (schema.properties) return object(schema, schema.properties, indent);
  if (typeof schema.additionalProperties === "object")
    return ["{ [name: string]: ", ...notation(schema.additionalProperties, indent), " }"];
  return [schema.format ?? schema.type ?? "unknown"];
}

function object(
  schema: JsonSchema,
  properties: Readonly<Record<string, JsonSchema>>,
  indent: string,
): Piece[] {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).flatMap(([name, field]): Piece[] => [
    ...(field.description === undefined ? [] : [`${inner}// ${field.description}\n`]),
    `${inner}${name}${schema.required?.includes(name) ? "" : "?"}: `,
    ...notation(field, inner),
    field.default === undefined ? "\n" : ` = ${JSON.stringify(field.default)}\n`,
  ]);
  return fields.length === 0 ? ["{}"] : ["{\n", ...fields, `${indent}}`];
}
