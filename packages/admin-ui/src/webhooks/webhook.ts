import { apiPath } from "../api/queries.ts";
import { type Scope, scopeOf } from "../deliveries/scope.ts";

/** A webhook as REST shows it. */
export interface Webhook {
  readonly _id: string;
  readonly name: string;
  readonly url: string;
  readonly on: boolean;
  /** Only for those who may change it; absent where messages are not signed. */
  readonly secret?: string;
  readonly statements: readonly object[];
}

export interface WebhookForm {
  readonly name: string;
  readonly url: string;
  readonly isSigned: boolean;
  readonly scope: Scope;
}

export const webhooksPath = apiPath("webhooks");

export function webhookPath(id: string): string {
  return apiPath("webhooks", id);
}

/** In a project, which a scope may name. */
export function formOf(webhook: Webhook | undefined, project: string): WebhookForm {
  return {
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    isSigned: webhook === undefined || (webhook.secret ?? "") !== "",
    scope: scopeOf(webhook?.statements ?? [], project),
  };
}

/** A JSON Patch of what was changed in the form. */
export function patchOf(before: WebhookForm, form: WebhookForm, statements: readonly object[]) {
  return [
    ...(form.name === before.name ? [] : [{ op: "replace", path: "/name", value: form.name }]),
    ...(form.url === before.url ? [] : [{ op: "replace", path: "/url", value: form.url }]),
    ...(JSON.stringify(form.scope) === JSON.stringify(before.scope)
      ? []
      : [{ op: "replace", path: "/statements", value: statements }]),
  ];
}
