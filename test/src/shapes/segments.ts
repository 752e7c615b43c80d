import { z } from "zod";
import type { Exchange, Shapes } from "../rest-exchange.ts";

const list = "/api/v2/segments/{projectKey}/{environmentKey}";
const one = `${list}/{segmentKey}`;
const environment = ["web-shop", "production"];

const byName = "/api/v2/segments/{projectKey}/{segmentKey}";

export const shapes: Shapes = async (exchange) => {
  const values = [...environment, "shape"];
  const body = { key: "shape", name: "Shape", unbounded: true };
  const members = { instructions: [{ kind: "addBigSegmentIncludedTargets", values: ["ada"] }] };
  const query = "?limit=1&filter=query:e&sort=-name";
  await exchange("get", list, { values: environment, query });
  await exchange("post", list, { values: environment, body, status: 201 });
  await exchange("get", one, { values });
  await exchange("patch", one, { values, body: members });
  await exchange("patch", one, { values, query: "?dryRun=true", body: { name: "Form" } });
  await bigSegment(exchange, values);
  await exchange("delete", one, { values, status: 204 });
  await expiringTargets(exchange);
  await exchange(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/segments/evaluate",
    {
      values: environment,
      body: { kind: "user", key: "ada" },
    },
  );
};

async function bigSegment(exchange: Exchange, values: readonly string[]): Promise<void> {
  for (const name of ["contexts", "users"]) {
    const body = { included: { add: ["ada"] }, excluded: { remove: ["eve"] } };
    await exchange("post", `${one}/${name}`, { values, body, status: 204 });
  }
  await exchange("get", `${one}/contexts/{contextKey}`, { values: [...values, "ada"] });
  await exchange("get", `${one}/users/{userKey}`, { values: [...values, "ada"] });
  const made = z
    .object({ id: z.string() })
    .parse(await exchange("post", `${one}/exports`, { values }));
  await exchange("get", `${one}/exports/{exportID}`, { values: [...values, made.id] });
  let id = "";
  const form = new FormData();
  form.append("mode", "merge");
  form.append("waitOnApprovals", "true");
  form.append("file", new File(["grace\n"], "members.csv"));
  await exchange("post", `${one}/imports`, {
    values,
    body: form,
    status: 204,
    onLocation: (at) => {
      id = at.split("/").at(-1) ?? "";
    },
  });
  await exchange("get", `${one}/imports/{importID}`, { values: [...values, id] });
}

async function expiringTargets(exchange: Exchange): Promise<void> {
  const body = { key: "shape-small", name: "Shape" };
  await exchange("post", list, { values: environment, body, status: 201 });
  const include = { instructions: [{ kind: "addIncludedUsers", values: ["ada"] }] };
  await exchange("patch", one, { values: [...environment, "shape-small"], body: include });
  const values = ["web-shop", "shape-small", "production"];
  const target = { targetType: "included", value: Date.now() + 3_600_000 };
  const ada = { ...target, contextKind: "user", contextKey: "ada" };
  const user = { ...target, userKey: "ada" };
  const contexts = `${byName}/expiring-targets/{environmentKey}`;
  const users = `${byName}/expiring-user-targets/{environmentKey}`;
  await exchange("patch", contexts, {
    values,
    body: { instructions: [{ kind: "addExpiringTarget", ...ada }] },
  });
  await exchange("patch", users, {
    values,
    body: { instructions: [{ kind: "updateExpireUserTargetDate", ...user }] },
  });
  await exchange("get", contexts, { values });
  await exchange("get", users, { values });
}
