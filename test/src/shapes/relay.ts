import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/account/relay-auto-configs";
const one = `${list}/{id}`;

export const shapes: Shapes = async (exchange) => {
  const policy = [{ effect: "allow", actions: ["*"], resources: ["proj/*:env/production"] }];
  const made = await exchange("post", list, { body: { name: "shape", policy }, status: 201 });
  const values = [z.object({ _id: z.string() }).parse(made)._id];
  await exchange("get", list);
  await exchange("get", one, { values });
  const patch = [{ op: "replace", path: "/name", value: "shapes" }];
  await exchange("patch", one, { values, body: { patch, comment: "Why not" } });
  await exchange("post", `${one}/reset`, { values, query: "?expiry=1" });
  await exchange("delete", one, { values, status: 204 });
};
