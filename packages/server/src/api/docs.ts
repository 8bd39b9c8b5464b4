import { html, raw } from "hono/html";
import type { JsonSchema } from "./components.ts";
import { notation } from "./notation.ts";
import type { Content, OpenApiDocument, Operation, Parameter } from "./openapi.ts";

type Html = ReturnType<typeof html>;

/**
 * The API's page for people: one static page written from the OpenAPI document, without script and with nothing fetched
 * from elsewhere, so that it stands under the same content policy as the app and works without a network.
 */
export function docsPage({ info, servers, paths, components }: OpenApiDocument): Html {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byNoun = Object.entries(
    Object.groupBy(operations, ({ operation }) => operation.tags[0] ?? ""),
  );
  const prefix = servers[0]?.url ?? "";
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${info.title} API</title>
<style>${raw(style)}</style>
</head>
<body>
<nav>
<a href="#top">${info.title} ${info.version}</a>
${byNoun.map(
  ([noun, group = []]) =>
    html`<h2>${noun}</h2><ul>${group.map(
      ({ operation }) =>
        html`<li><a href="#${operation.operationId}">${operation.operationId}</a></li>`,
    )}</ul>`,
)}
<h2>schemas</h2>
<ul>${Object.keys(components.schemas).map((name) => html`<li>${link(name)}</li>`)}</ul>
</nav>
<main>
<h1 id="top">${info.title} API</h1>
<p>${info.description}</p>
<p>For programs: <a href="openapi.json">openapi.json</a>, OpenAPI 3.1.</p>
${operations.map(({ path, method, operation }) => section(`${prefix}${path}`, method, operation))}
<h1>Schemas</h1>
${Object.entries(components.schemas).map(
  ([name, schema]) => html`<section id="schema-${name}"><h3>${name}</h3>
${schema.description === undefined ? "" : html`<p>${schema.description}</p>`}${type(schema)}</section>`,
)}
</main>
</body>
</html>`;
}

function section(path: string, method: string, operation: Operation): Html {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const { 200: done, ...problems } = responses;
  return html`<section id="${operationId}">
<h3>${operationId}</h3>
<p>${summary}.</p>
<p><code class="path"><b>${method.toUpperCase()}</b> ${path}</code></p>
${parameters.length === 0 ? "" : html`<h4>Parameters</h4><dl>${parameters.map(parameter)}</dl>`}
${requestBody === undefined ? "" : html`<h4>Body</h4>${content(requestBody.content)}`}
<h4>Response</h4>
${done === undefined ? "" : content(done.content)}
<h4>Problems</h4>
<dl>${Object.entries(problems).map(
    ([status, { description }]) =>
      html`<dt>${status}</dt><dd>${description.replaceAll("urn:countersign:problem:", "")}</dd>`,
  )}</dl>
</section>`;
}

function parameter({ name, required, description, schema, content: json }: Parameter): Html {
  const own = schema ?? json?.["application/json"]?.schema ?? {};
  return html`<dt><code>${name}${required ? "" : "?"}</code></dt>
<dd>${json ? "JSON: " : ""}<code>${pieces(own)}</code>${
    own.default === undefined ? "" : html` = <code>${JSON.stringify(own.default)}</code>`
  } ${description ?? ""}</dd>`;
}

const content = (media: Content): Html[] =>
  Object.entries(media).map(([name, { schema }]) => html`<p>${name}</p>${type(schema)}`);

const type = (schema: JsonSchema): Html => html`<pre>${pieces(schema)}</pre>`;

const pieces = (schema: JsonSchema): (string | Html)[] =>
  notation(schema).map((piece) => (typeof piece === "string" ? piece : link(piece.component)));

const link = (name: string): Html => html`<a href="#schema-${name}">${name}</a>`;

const style = `
:root { color-scheme: light dark; --ground: light-dark(#fbfaf8, #17181a); --ink: light-dark(#1d1e20, #e8e6e1);
  --line: light-dark(#dedad2, #34363a); --accent: light-dark(#1f5fae, #8ab8f0); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 16rem minmax(0, 1fr); background: var(--ground); color: var(--ink);
  font: 14px/1.5 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 16px; border-right: 1px solid var(--line); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav h2 { margin: 16px 0 4px; font-size: 12px; font-weight: 600; }
main { padding: 16px 32px 64px; max-width: 60rem; }
a { color: var(--accent); }
section { padding: 24px 0; border-top: 1px solid var(--line); }
h3 { margin: 0; font-size: 18px; }
h4 { margin: 16px 0 4px; }
p { margin: 8px 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; }
dd { margin: 0; }
pre, code { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: 4px 0; padding: 12px; border: 1px solid var(--line); border-radius: 6px; overflow: auto; }
@media (max-width: 700px) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 16px; } }
`;
