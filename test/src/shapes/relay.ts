import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/account/relay-auto-configs";

export const shapes: Shapes = async (exchange) => {
  await exchange("post", list, { body: { name: "shape" }, status: 201 });
  await exchange("get", list);
};
