import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/projects/{projectKey}/environments";
const one = `${list}/{environmentKey}`;

export const shapes: Shapes = async (exchange) => {
  const body = { key: "shapes", name: "Shapes" };
  const values = ["web-shop", "shapes"];
  await exchange("get", list, { values: ["web-shop"], query: "?limit=1&offset=1" });
  await exchange("post", list, { values: ["web-shop"], body, status: 201 });
  await exchange("get", one, { values });
  const patch = [{ op: "replace", path: "/name", value: "Forms" }];
  await exchange("patch", one, { values, body: patch });
  const merge = { tags: ["eu"], defaultTtl: 5, requireComments: true, confirmChanges: true };
  await exchange("patch", one, { values, body: { comment: "for all members", merge } });
  await exchange("post", `${one}/apiKey`, { values });
  await exchange("post", `${one}/mobileKey`, { values });
  const clone = { key: "clone", name: "Clone", color: "417505", source: { key: "production" } };
  await exchange("post", list, { values: ["web-shop"], body: clone, status: 201 });
  await exchange("get", list, { values: ["web-shop"], query: "?filter=tags:eu&sort=-name" });
  await exchange("delete", one, { values: ["web-shop", "clone"], status: 204 });
  await exchange("delete", one, { values, status: 204 });
};
