import { createHash } from "node:crypto";
import { statusOfError } from "../errors.ts";

/** As much of an OpenAPI document as the page shows. */
interface ApiDocument {
  readonly info: { readonly title: string; readonly description?: string | undefined };
  readonly paths?: Readonly<Record<string, object | undefined>> | undefined;
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> } | undefined;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses?: Readonly<Record<string, object>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
}

/** The description of the REST API as one page: no script, and nothing that another server would send. */
export function apiPage({ info, paths = {}, components }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({
      path,
      method,
      operation: operation as Operation, // The document is our own.
    })),
  );
  const tags = [...new Set(operations.map(({ operation }) => tagOf(operation)))].sort();
  const sections = tags.map((tag) => {
    const entries = operations
      .filter(({ operation }) => tagOf(operation) === tag)
      .map(({ path, method, operation }) => entry(`${method.toUpperCase()} ${path}`, operation));
    return `<h2>${escaped(tag)}</h2>${entries.join("")}`;
  });
  const errors = Object.entries(statusOfError).map(
    ([code, status]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td></tr>`,
  );
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escaped(name)}"><summary>${escaped(name)}</summary>${json(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(info.title)}</title><style>${style}</style>
<h1>${escaped(info.title)}</h1><p>${escaped(info.description ?? "")} <a href="/api/v2/openapi.json">openapi.json</a></p>
${sections.join("")}<h2>Schemas</h2>${schemas.join("")}
<h2>Errors</h2><table>${errors.join("")}</table></html>`;
}

function entry(
  title: string,
  { summary = "", description, parameters = [], requestBody, responses = {} }: Operation,
): string {
  const rows = parameters.map(
    ({ name, in: place, required, description: words = "" }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${place}${required === true ? ", required" : ""}</td><td>${escaped(words)}</td></tr>`,
  );
  const answers = Object.entries(responses).map(
    ([status, response]) => `<h4>Answer ${escaped(status)}</h4>${json(response)}`,
  );
  return `<details><summary><code>${escaped(title)}</code> ${escaped(summary)}</summary>
${description === undefined ? "" : `<p>${escaped(description)}</p>`}
${rows.length === 0 ? "" : `<table>${rows.join("")}</table>`}
${requestBody === undefined ? "" : `<h4>Body</h4>${json(requestBody)}`}${answers.join("")}</details>`;
}

function tagOf({ tags }: Operation): string {
  return tags?.[0] ?? "Without a tag";
}

/** References lead to the schema further down. */
function json(value: object): string {
  const text = escaped(JSON.stringify(value, undefined, 2));
  const linked = text.replaceAll(
    /#\/components\/schemas\/([\w.-]+)/gu,
    '<a href="#schema-$1">$1</a>',
  );
  return `<pre>${linked}</pre>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const style = `:root{color-scheme:light dark}body{font:14px/20px system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
details{margin:.25rem 0;padding:.25rem .5rem;border-left:3px solid #8884}summary{cursor:pointer}
pre{overflow-x:auto;background:#8881;padding:.5rem}table{border-collapse:collapse}td{padding:.1rem .75rem .1rem 0;vertical-align:top}`;

/** Names the page's style to a browser that lets no other in. */
export const apiPageStyleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
