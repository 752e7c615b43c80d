import { z } from "zod";
import { JsonSchema } from "./arbitrary-of-schema.ts";

const Content = z.object({
  schema: JsonSchema.default({}),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});
const Operation = z.object({
  parameters: z
    .array(
      z.object({
        in: z.string(),
        name: z.string(),
        schema: JsonSchema,
        description: z.string().optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content: z.record(z.string(), Content) }).optional(),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), JsonSchema),
    responses: z.record(z.string(), z.unknown()),
  }),
});

/** An operation as the server describes it. */
export interface FuzzedOperation {
  /** Such as `patch /api/v2/flags/{projectKey}/{flagKey}`. */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  readonly query: readonly {
    readonly name: string;
    readonly schema: JsonSchema;
    readonly description?: string | undefined;
  }[];
  /** Undefined where no body is taken. */
  readonly body: JsonSchema | undefined;
  /** Bodies that the description shows. */
  readonly examples: readonly unknown[];
  /** Such as 200 and 2XX: those of the operation. */
  readonly statuses: readonly string[];
}

export interface Description {
  readonly operations: readonly FuzzedOperation[];
  /** The statuses that any operation may answer. */
  readonly commonStatuses: readonly string[];
  readonly resolve: (ref: string) => JsonSchema;
}

export function readDescription(json: unknown): Description {
  const { paths, components } = Document.parse(json);
  const operations = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses }]) => ({
      name: `${method} ${template}`,
      method,
      template,
      query: parameters.filter((one) => one.in === "query"),
      body: contentOf(requestBody)?.schema,
      examples: examplesOf(contentOf(requestBody)),
      statuses: Object.keys(responses).filter((status) => status !== "4XX"),
    })),
  );
  return {
    operations,
    commonStatuses: Object.keys(components.responses),
    resolve: (ref) => {
      const found = components.schemas[ref.replace("#/components/schemas/", "")];
      if (found === undefined) throw new Error(`the description has no ${ref}`);
      return found;
    },
  };
}

type Content = z.infer<typeof Content>;

function contentOf(
  body: { readonly content: Readonly<Record<string, Content>> } | undefined,
): Content | undefined {
  return Object.values(body?.content ?? {})[0];
}

function examplesOf(content: Content | undefined): readonly unknown[] {
  if (content === undefined) return [];
  const shown = Object.values(content.examples).map(({ value }) => value);
  return content.example === undefined ? shown : [content.example, ...shown];
}
