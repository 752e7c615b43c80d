import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/tokens";
const one = `${list}/{id}`;

export const shapes: Shapes = async (exchange) => {
  await exchange("get", list, { query: "?limit=1&showAll=true" });
  const inlineRole = [
    { effect: "allow", actions: ["updateOn"], resources: ["proj/*:env/*:flag/*"] },
  ];
  const body = { name: "shape", inlineRole, serviceToken: true };
  const made = await exchange("post", list, { body, status: 201 });
  await exchange("post", list, { body: { name: "shaped", role: "reader" }, status: 201 });
  const values = [z.object({ _id: z.string() }).parse(made)._id];
  await exchange("get", one, { values });
  const patch = [{ op: "replace", path: "/name", value: "form" }];
  await exchange("patch", one, { values, body: patch });
  await exchange("post", `${one}/reset`, { values, query: "?expiry=0" });
  await exchange("delete", one, { values, status: 204 });
  await exchange("get", "/api/v2/caller-identity");
};
