import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/segments/{projectKey}/{environmentKey}";
const one = `${list}/{segmentKey}`;
const environment = ["web-shop", "production"];

export const shapes: Shapes = async (exchange) => {
  const values = [...environment, "shape"];
  const body = { key: "shape", name: "Shape", unbounded: true };
  const members = { instructions: [{ kind: "addBigSegmentIncludedTargets", values: ["ada"] }] };
  await exchange("get", list, { values: environment, query: "?limit=1" });
  await exchange("post", list, { values: environment, body, status: 201 });
  await exchange("get", one, { values });
  await exchange("patch", one, { values, body: members });
  await exchange("delete", one, { values, status: 204 });
};
