import { apiPath } from "../api/queries.ts";
import { type Scope, scopeOf } from "../deliveries/scope.ts";

export const integrationKinds = ["slack", "msteams", "datadog"] as const;
export type IntegrationKind = (typeof integrationKinds)[number];

/** A subscription of an integration as REST shows it. */
export interface Integration {
  readonly _id: string;
  readonly kind: IntegrationKind;
  readonly name: string;
  readonly on: boolean;
  readonly statements: readonly object[];
  /** Secrets are hidden from those who may not change them. */
  readonly config: {
    readonly url?: string;
    readonly apiKey?: string;
    readonly hostURL?: string;
  };
  readonly _status: {
    readonly successCount: number;
    readonly errorCount: number;
    /** Unix milliseconds. */
    readonly lastSuccess?: number;
    readonly lastError?: number;
  };
}

/** What can be said of one in a form. */
export interface IntegrationForm {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
  readonly hostUrl: string;
  readonly scope: Scope;
}

export function integrationsPath(kind: IntegrationKind): string {
  return apiPath("integrations", kind);
}

export function integrationPath({ kind, _id }: Pick<Integration, "kind" | "_id">): string {
  return apiPath("integrations", kind, _id);
}

/** The kind that an address names; undefined where there is none. */
export function kindIn(text: string): IntegrationKind | undefined {
  return integrationKinds.find((kind) => kind === text);
}

export function formOf(integration: Integration | undefined, project: string): IntegrationForm {
  return {
    name: integration?.name ?? "",
    url: integration?.config.url ?? "",
    apiKey: integration?.config.apiKey ?? "",
    hostUrl: integration?.config.hostURL ?? "",
    scope:
      integration === undefined ? { kind: "project" } : scopeOf(integration.statements, project),
  };
}

export function isComplete(kind: IntegrationKind, { name, url, apiKey }: IntegrationForm): boolean {
  return name.trim() !== "" && (kind === "datadog" ? apiKey : url).trim() !== "";
}

/** As the server takes it. */
export function configOf(kind: IntegrationKind, { url, apiKey, hostUrl }: IntegrationForm) {
  if (kind !== "datadog") return { url: url.trim() };
  return {
    apiKey: apiKey.trim(),
    ...(hostUrl.trim() === "" ? {} : { hostURL: hostUrl.trim() }),
  };
}

/** A JSON Patch of what was changed in the form. */
export function patchOf(
  kind: IntegrationKind,
  { before, after }: { readonly before: IntegrationForm; readonly after: IntegrationForm },
  statements: readonly object[],
) {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const replace = (path: string, value: unknown) => ({ op: "replace", path, value });
  return [
    ...(before.name === after.name ? [] : [replace("/name", after.name.trim())]),
    ...(isSame(configOf(kind, before), configOf(kind, after))
      ? []
      : [replace("/config", configOf(kind, after))]),
    ...(isSame(before.scope, after.scope) ? [] : [replace("/statements", statements)]),
  ];
}
