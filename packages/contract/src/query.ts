import { z } from "zod";
import type { Fields } from "./route.ts";

/** Whether a query field is text, which is sent as it is; anything else is sent as JSON. */
export function isText(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return isText(schema.unwrap());
  return (
    schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral
  );
}

/** Writes a query: text as it is, everything else as JSON, what is undefined not at all. */
export function encodeQuery(
  fields: Fields,
  query: Readonly<Record<string, unknown>>,
): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, schema] of Object.entries(fields.shape)) {
    const value = query[name];
    if (value === undefined) continue;
    parameters.set(name, isText(schema) ? String(value) : JSON.stringify(value));
  }
  return parameters;
}

/** Reads what {@link encodeQuery} wrote; what is no JSON is left as text, so that validation names the field. */
export function decodeQuery(fields: Fields, parameters: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [name, text] of parameters) {
    const schema = fields.shape[name];
    query[name] = schema && !isText(schema) ? parse(text) : text;
  }
  return query;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
