import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { z } from "zod";

const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        tags: z.array(z.string()).default(["Other"]),
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.unknown()).optional() }),
        ),
      }),
    ),
  ),
});

/** One thing that can be asked of the REST API, as the description names it. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly tag: string;
  readonly method: string;
  /** Such as `/api/v2/flags/{projectKey}`. */
  readonly template: string;
}

interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
}

/** What version 2 of the REST API looks like: answers are held against it. */
export class RestDescription {
  readonly #document: z.infer<typeof Document>;
  readonly #schemas = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  private constructor(file: string) {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    this.#document = Document.parse(json);
    this.#schemas.addSchema(z.looseObject({}).parse(json), "rest");
  }

  /** The description in a folder; undefined where there is none. */
  static find(folder: string | undefined): RestDescription | undefined {
    if (folder === undefined || folder === "") return undefined;
    const file = path.join(folder, "rest-api-v2.schema.json");
    return existsSync(file) ? new RestDescription(file) : undefined;
  }

  operations(): readonly DescribedOperation[] {
    return Object.entries(this.#document.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(
        ([
          method,
          {
            operationId,
            tags: [tag = ""],
          },
        ]) => ({
          operationId,
          tag,
          method,
          template,
        }),
      ),
    );
  }

  /** The operation that a request is for; undefined where the description knows none. */
  operationOf(method: string, url: string): DescribedOperation | undefined {
    const parts = (url.split("?")[0] ?? "").split("/");
    const [best] = this.operations()
      .filter((one) => one.method === method.toLowerCase() && fits(one.template, parts))
      // Of two that fit, the one with fewer parameters is meant.
      .sort((a, b) => parametersOf(a.template) - parametersOf(b.template));
    return best;
  }

  /** What is not as described in an answer; undefined where it is, and of errors nothing is described. */
  problemOf({ method, url, status, body }: Exchange): string | undefined {
    const operation = this.operationOf(method, url);
    if (operation === undefined || status >= 300) return undefined;
    const described = this.#document.paths[operation.template]?.[operation.method]?.responses;
    const response = described?.[String(status)];
    const place = `${method.toUpperCase()} ${url} (${operation.operationId})`;
    if (response === undefined) return `${place}: the status ${status} is not described`;
    if (response.content === undefined) return undefined;
    const validate = this.#validatorOf(operation, status);
    if (validate(body)) return undefined;
    return `${place}: ${this.#schemas.errorsText(validate.errors, { dataVar: "answer" })}`;
  }

  #validatorOf({ template, method }: DescribedOperation, status: number): ValidateFunction {
    const path = encodeURIComponent(template.replaceAll("~", "~0").replaceAll("/", "~1"));
    const $ref = `rest#/paths/${path}/${method}/responses/${status}/content/application~1json/schema`;
    const validate = this.#validators.get($ref) ?? this.#schemas.compile({ $ref });
    this.#validators.set($ref, validate);
    return validate;
  }
}

function fits(template: string, parts: readonly string[]): boolean {
  const wanted = template.split("/");
  return (
    wanted.length === parts.length &&
    wanted.every((part, at) => part.startsWith("{") || part === parts[at])
  );
}

function parametersOf(template: string): number {
  return template.split("{").length;
}
