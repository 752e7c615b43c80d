import type { Shapes } from "../rest-exchange.ts";

export const shapes: Shapes = async (exchange) => {
  await exchange("get", "/api/v2/tokens");
  await exchange("post", "/api/v2/tokens", {
    body: { name: "shape", role: "reader" },
    status: 201,
  });
  await exchange("get", "/api/v2/caller-identity");
};
