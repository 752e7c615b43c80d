import { z } from "zod";
import type { Exchange, Shapes } from "../rest-exchange.ts";

const Made = z.object({ _id: z.string() });

export const shapes: Shapes = async (exchange) => {
  await webhooks(exchange);
  await integrations(exchange);
  await announcements(exchange);
};

// An address is not looked up, and nothing is sent to what is off.
const url = "https://1.1.1.1/hook";

async function webhooks(exchange: Exchange): Promise<void> {
  const list = "/api/v2/webhooks";
  const one = `${list}/{id}`;
  const statements = [{ effect: "allow", actions: ["*"], resources: ["proj/*:env/*:flag/*"] }];
  const body = { name: "Shape", url, sign: true, on: false, statements, tags: ["shape"] };
  const { _id } = Made.parse(await exchange("post", list, { body }));
  await exchange("get", list);
  await exchange("get", one, { values: [_id] });
  const rename = [{ op: "replace", path: "/name", value: "Shapes" }];
  await exchange("patch", one, { values: [_id], body: rename });
  await exchange("delete", one, { values: [_id], status: 204 });
}

async function integrations(exchange: Exchange): Promise<void> {
  const list = "/api/v2/integrations/{integrationKey}";
  const one = `${list}/{id}`;
  for (const [key, config] of [
    ["slack", { url }],
    ["datadog", { apiKey: "shape", hostURL: "https://1.1.1.1" }],
  ] as const) {
    const body = { name: "Shape", config, tags: ["shape"] };
    const { _id } = Made.parse(await exchange("post", list, { values: [key], body, status: 201 }));
    await exchange("get", list, { values: [key] });
    await exchange("get", one, { values: [key, _id] });
    const rename = [{ op: "replace", path: "/name", value: "Shapes" }];
    await exchange("patch", one, { values: [key, _id], body: rename });
    await exchange("delete", one, { values: [key, _id], status: 204 });
  }
}

async function announcements(exchange: Exchange): Promise<void> {
  const list = "/api/v2/announcements";
  const one = `${list}/{announcementId}`;
  const text = { title: "Shape", message: "Of things", severity: "info" };
  const body = { ...text, isDismissible: true, startTime: 1, endTime: 2 };
  const { _id } = Made.parse(await exchange("post", list, { body, status: 201 }));
  await exchange("get", list, { query: "?status=inactive" });
  const rename = [{ op: "replace", path: "/title", value: "Shapes" }];
  await exchange("patch", one, { values: [_id], body: rename });
  await exchange("delete", one, { values: [_id], status: 204 });
}
