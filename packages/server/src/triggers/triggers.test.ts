import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-11-01T00:00:00Z");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/flags/default/checkout/triggers/production";
const flag = "/api/v2/flags/default/checkout";
await server.ask("POST", "/api/v2/flags/default", { key: "checkout", name: "Checkout" });

beforeEach(async () => {
  now += 60_000;
  await server.ask("PATCH", flag, {
    environmentKey: "production",
    instructions: [{ kind: "turnFlagOff" }],
  });
});

const Made = z.object({ _id: z.string(), triggerURL: z.string() });

async function make(token?: string): Promise<z.infer<typeof Made>> {
  const body = { integrationKey: "generic-trigger", instructions: [{ kind: "turnFlagOn" }] };
  return Made.parse((await server.ask("POST", path, body, token)).json());
}

const call = (url: string, payload: object = {}) =>
  server.running.app.inject({ method: "POST", url: new URL(url).pathname, payload });

async function isOn(): Promise<boolean> {
  const { environments } = (await server.ask("GET", flag)).json();
  return z.boolean().parse(environments.production.on);
}

describe("a trigger", () => {
  it("turns the flag on for whoever calls its address, and counts", async () => {
    const { _id, triggerURL } = await make();

    const called = await call(triggerURL, { alert: "over 9000" });

    expect(called.statusCode).toBe(200);
    expect(await isOn()).toBe(true);
    const shown = await server.ask("GET", `${path}/${_id}`);
    expect(shown.json()).toMatchObject({
      _triggerCount: 1,
      _lastTriggeredAt: now,
      _recentTriggerBodies: [{ timestamp: now, jsonBody: { alert: "over 9000" } }],
    });
    expect(shown.json()).not.toHaveProperty("triggerURL");
  });

  it("is not reached with another secret, nor after it has got a new address", async () => {
    const { _id, triggerURL } = await make();
    const cycled = await server.ask("PATCH", `${path}/${_id}`, {
      instructions: [{ kind: "cycleTriggerUrl" }],
    });

    const former = await call(triggerURL);
    const other = await call(triggerURL.replace(_id, "ffffffffffffffffffffffff"));
    const current = await call(Made.parse(cycled.json()).triggerURL);

    expect([former.statusCode, other.statusCode]).toEqual([404, 404]);
    expect(former.json().message).toBe(other.json().message);
    expect(current.statusCode).toBe(200);
  });

  it("keeps its secret nowhere", async () => {
    const { triggerURL } = await make();

    expect(await server.filesHold(triggerURL.split("/").pop() ?? "")).toBe(false);
  });

  it("does nothing while it is disabled", async () => {
    const { _id, triggerURL } = await make();
    await server.ask("PATCH", `${path}/${_id}`, { instructions: [{ kind: "disableTrigger" }] });

    const disabled = await call(triggerURL);
    const wasOn = await isOn();
    await server.ask("PATCH", `${path}/${_id}`, { instructions: [{ kind: "enableTrigger" }] });
    await call(triggerURL);

    expect(disabled.statusCode).toBe(409);
    expect([wasOn, await isOn()]).toEqual([false, true]);
  });

  it("may no more than who made it may, by now", async () => {
    const made = await newToken(server, { role: "writer" });
    const { triggerURL } = await make(made.token);
    await server.ask("DELETE", `/api/v2/tokens/${made._id}`);

    const called = await call(triggerURL);

    expect(called.statusCode).toBe(403);
    expect(await isOn()).toBe(false);
  });

  it("is made by who may make triggers and turn the flag on", async () => {
    const { token } = await newToken(server, {
      inlineRole: [
        { effect: "allow", actions: ["createTriggers"], resources: ["proj/*:env/*:flag/*"] },
      ],
    });
    const body = { integrationKey: "generic-trigger", instructions: [{ kind: "turnFlagOn" }] };

    const answer = await server.ask("POST", path, body, token);

    expect(answer.statusCode).toBe(403);
    expect(answer.json().message).toContain("updateOn");
  });

  it("is not called faster than once a second for long", async () => {
    const { triggerURL } = await make();
    const statuses: number[] = [];

    for (let calls = 0; calls < 22; calls += 1) statuses.push((await call(triggerURL)).statusCode);

    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });
});
