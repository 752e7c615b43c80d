import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/projects/{projectKey}/context-kinds";

export const shapes: Shapes = async (exchange) => {
  const values = ["web-shop", "shape"];
  const body = { name: "Shape", description: "A form", hideInTargeting: true };
  await exchange("get", list, { values: ["web-shop"] });
  await exchange("put", `${list}/{key}`, { values, body });
  await exchange("put", `${list}/{key}`, { values, body: { ...body, archived: true, version: 1 } });
  await exchange("get", list, { values: ["web-shop"] });
};
