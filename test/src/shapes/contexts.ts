import { z } from "zod";
import type { Management } from "../management.ts";
import type { Exchange, Shapes } from "../rest-exchange.ts";

const environment = "/api/v2/projects/{projectKey}/environments/{environmentKey}";
const inEnvironment = ["web-shop", "production"];
const users = "/api/v2/users/{projectKey}/{environmentKey}";
const flag = "shape-context";

export const shapes: Shapes = async (exchange, management) => {
  await reportContexts(management);
  await contexts(exchange);
  await seenUsers(exchange);
  const body = { key: flag, name: "Shape", isFlagOn: true };
  const made = await exchange("post", "/api/v2/flags/{projectKey}", {
    values: ["web-shop"],
    body,
    status: 201,
  });
  const variations = z.object({ variations: z.array(z.object({ _id: z.string() })) }).parse(made);
  await settings(exchange, variations.variations[0]?._id ?? "");
  await exchange("delete", `${users}/{userKey}`, {
    values: [...inEnvironment, "grace"],
    status: 204,
  });
};

/** As an SDK does it. */
async function reportContexts(management: Management): Promise<void> {
  const path = "/api/v2/projects/web-shop/environments/production";
  const { _id } = z.object({ _id: z.string() }).parse(await management.ask("GET", path));
  const ada = { kind: "user", key: "ada", name: "Ada", plan: "pro", anonymous: true };
  const grace = { kind: "user", key: "grace", _meta: { redactedAttributes: ["email"] } };
  const both = { kind: "multi", user: { key: "linus" }, org: { key: "acme" } };
  const events = [ada, grace, both].map((context) => ({
    kind: "identify",
    creationDate: Date.now(),
    context,
  }));
  await management.request("POST", `/events/bulk/${_id}`, events);
}

async function contexts(exchange: Exchange): Promise<void> {
  const values = inEnvironment;
  const body = { filter: 'kind anyOf ["user","org"]', limit: 1 };
  await exchange("post", `${environment}/contexts/search`, { values, body });
  await exchange("get", `${environment}/contexts/{kind}/{key}`, {
    values: [...values, "user", "ada"],
  });
  const found = await exchange("post", `${environment}/context-instances/search`, {
    values,
    body: { filter: 'kinds equals ["user","org"]' },
  });
  const [{ id } = { id: "" }] = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(found).items;
  const instance = `${environment}/context-instances/{id}`;
  await exchange("get", instance, { values: [...values, id] });
  await exchange("delete", instance, { values: [...values, id], status: 204 });
  await exchange("get", `${environment}/context-attributes`, { values });
  await exchange("get", `${environment}/context-attributes/{attributeName}`, {
    values: [...values, "plan"],
  });
}

async function seenUsers(exchange: Exchange): Promise<void> {
  const values = inEnvironment;
  await exchange("get", users, { values, query: "?limit=1" });
  await exchange("get", "/api/v2/user-search/{projectKey}/{environmentKey}", {
    values,
    query: "?q=a&sort=-lastPing",
  });
  await exchange("get", "/api/v2/user-attributes/{projectKey}/{environmentKey}", { values });
  await exchange("get", `${users}/{userKey}`, { values: [...values, "ada"] });
}

async function settings(exchange: Exchange, variationId: string): Promise<void> {
  const ofUser = [...inEnvironment, "zoe"];
  const setting = { body: { setting: true }, status: 204 };
  await exchange(
    "put",
    `${environment}/contexts/{contextKind}/{contextKey}/flags/{featureFlagKey}`,
    {
      values: [...inEnvironment, "org", "acme", flag],
      ...setting,
    },
  );
  const one = `${users}/{userKey}/flags/{featureFlagKey}`;
  await exchange("put", one, { values: [...ofUser, flag], ...setting });
  await exchange("get", one, { values: [...ofUser, flag] });
  await exchange("get", `${users}/{userKey}/flags`, { values: ofUser });
  const expiries = "/api/v2/users/{projectKey}/{userKey}/expiring-user-targets/{environmentKey}";
  const values = ["web-shop", "zoe", "production"];
  const instruction = { kind: "addExpireUserTargetDate", flagKey: flag, variationId };
  const value = Date.now() + 3_600_000;
  await exchange("patch", expiries, {
    values,
    body: { instructions: [{ ...instruction, value }] },
  });
  await exchange("get", expiries, { values });
}
