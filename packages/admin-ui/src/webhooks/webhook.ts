import { apiPath } from "../api/queries.ts";

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

/** One message to a webhook, and how it went. */
export interface Delivery {
  readonly _id: string;
  readonly messageId: string;
  readonly state: "pending" | "delivered" | "failed";
  readonly attempts: number;
  /** Unix milliseconds, as the others. */
  readonly creationDate: number;
  readonly lastAttempt?: number;
  readonly nextAttempt?: number;
  readonly statusCode?: number;
  readonly problem?: string;
  /** Only for those who may see what was changed. */
  readonly title?: string;
}

export interface WebhookForm {
  readonly name: string;
  readonly url: string;
  readonly isSigned: boolean;
  /** JSON, as it is typed. */
  readonly policy: string;
}

export const webhooksPath = apiPath("webhooks");

export function webhookPath(id: string): string {
  return apiPath("webhooks", id);
}

export function formOf(webhook: Webhook | undefined): WebhookForm {
  return {
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    isSigned: webhook === undefined || (webhook.secret ?? "") !== "",
    policy:
      webhook === undefined || webhook.statements.length === 0
        ? ""
        : JSON.stringify(webhook.statements, null, 2),
  };
}

/** The statements that were typed, or what is wrong with them. */
export function statementsOf(
  policy: string,
): { readonly statements: readonly object[] } | { readonly problem: string } {
  if (policy.trim() === "") return { statements: [] };
  try {
    const read: unknown = JSON.parse(policy);
    const isList =
      Array.isArray(read) && read.every((one: unknown) => typeof one === "object" && one !== null);
    return isList ? { statements: read as object[] } : { problem: "write [{…}, {…}]" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A JSON Patch of what was changed in the form. */
export function patchOf(webhook: Webhook, form: WebhookForm, statements: readonly object[]) {
  const before = formOf(webhook);
  return [
    ...(form.name === before.name ? [] : [{ op: "replace", path: "/name", value: form.name }]),
    ...(form.url === before.url ? [] : [{ op: "replace", path: "/url", value: form.url }]),
    ...(form.policy === before.policy
      ? []
      : [{ op: "replace", path: "/statements", value: statements }]),
  ];
}
