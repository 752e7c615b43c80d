import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/tags";

export const shapes: Shapes = async (exchange) => {
  await exchange("get", list);
  await exchange("get", list, { query: "?kind=flag&kind=segment&pre=b&archived=true&limit=1" });
  await exchange("get", list, { query: "?asOf=2030-01-31T12:00:00Z" });
};
