import type { Shapes } from "../rest-exchange.ts";

export const shapes: Shapes = async (exchange) => {
  await exchange("get", "/api/v2");
  await exchange("get", "/api/v2/versions");
  await exchange("get", "/api/v2/public-ip-list");
};
