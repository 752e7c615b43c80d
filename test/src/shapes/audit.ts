import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/auditlog";
const flag = "/api/v2/flags/{projectKey}/{featureFlagKey}";

export const shapes: Shapes = async (exchange) => {
  const values = ["web-shop", "checkout"];
  const body = { environmentKey: "production", instructions: [{ kind: "turnFlagOff" }] };
  await exchange("patch", flag, { values, body });
  const statement = { effect: "allow", actions: ["updateOn"], resources: ["proj/*:env/*:flag/*"] };
  const found = await exchange("get", list, { query: "?limit=5&q=checkout" });
  await exchange("get", list, { query: "?limit=1000&spec=proj/web-shop:env/*:flag/*" });
  await exchange("post", list, { query: "?limit=5", body: [statement] });
  await exchange("post", `${list}/counts`, { query: "?buckets=7", body: [statement] });
  const { items } = z.object({ items: z.array(z.object({ _id: z.string() })).min(1) }).parse(found);
  for (const { _id } of items) await exchange("get", `${list}/{id}`, { values: [_id] });
};
