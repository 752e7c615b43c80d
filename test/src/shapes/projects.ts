import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/projects";
const one = `${list}/{projectKey}`;
const values = ["web-shop"];

export const shapes: Shapes = async (exchange) => {
  await exchange("get", list);
  await exchange("get", list, { query: "?expand=environments&limit=1&sort=-name" });
  await exchange("post", list, { body: { key: "shapes", name: "Shapes" }, status: 201 });
  await exchange("get", one, { values });
  await exchange("get", one, { values, query: "?expand=environments" });
};
