import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { startServer } from "../server.ts";
import { parseSettings } from "../settings.ts";
import { newMember, newToken } from "../testing/accounts.ts";
import { Receiver } from "../testing/receiver.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const webhooks = "/api/v2/webhooks";
const secondMs = 1_000;
const dayMs = 24 * 3_600_000;

async function newWebhook(server: TemporaryServer, settings: object) {
  const made = await server.ask("POST", webhooks, { sign: false, on: true, ...settings });
  return made.json();
}

async function newFlag(server: TemporaryServer, key: string, extra: object = {}): Promise<void> {
  await server.ask("POST", "/api/v2/flags/default", { key, name: key, ...extra });
}

function titlesOf({ received }: Receiver): string[] {
  return received.map(({ body }) => JSON.parse(body).title);
}

/** As a library that is not ours judges it; throws where it is not signed with the secret. */
function verified({ received }: Receiver, secret: string): unknown {
  const last = received.at(-1);
  const headers = Object.fromEntries(
    Object.entries(last?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  return new Webhook(secret).verify(last?.body ?? "", headers);
}

describe("a change", () => {
  it("is told with words and instructions, signed so that another implementation believes it", async () => {
    await using server = await TemporaryServer.start();
    await using receiver = await Receiver.start();
    const { secret } = await newWebhook(server, { url: receiver.url, sign: true });

    await newFlag(server, "checkout");
    await server.ask("PATCH", "/api/v2/flags/default/checkout", {
      environmentKey: "test",
      comment: "go",
      instructions: [{ kind: "turnFlagOn" }],
    });
    await server.running.runDueWork();

    expect(verified(receiver, secret)).toMatchObject({
      kind: "flag",
      name: "checkout",
      comment: "go",
      accesses: [{ action: "updateOn", resource: "proj/default:env/test:flag/checkout" }],
      target: { resources: ["proj/default:env/test:flag/checkout"] },
      instructions: [{ kind: "turnFlagOn" }],
      words: [expect.stringContaining("on")],
      currentVersion: { key: "checkout" },
    });
    expect(receiver.received.at(-1)?.headers["x-ld-signature"]).toMatch(/^[0-9a-f]{64}$/u);
    expect(() => verified(receiver, `whsec_${Buffer.from("other").toString("base64")}`)).toThrow();
  });

  it("is signed with both secrets for a day after one was replaced", async () => {
    let now = Date.now();
    await using server = await TemporaryServer.start({ now: () => now });
    await using receiver = await Receiver.start();
    const secrets = ["first", "second"].map(
      (one) => `whsec_${Buffer.from(one).toString("base64")}`,
    );
    const [first = "", second = ""] = secrets;
    const { _id } = await newWebhook(server, { url: receiver.url, sign: true, secret: first });

    await server.ask("PATCH", `${webhooks}/${_id}`, { secret: second });
    const test = () => server.ask("POST", `${webhooks}/${_id}/test`, {});
    await test();
    for (const secret of secrets) verified(receiver, secret);
    now += dayMs;
    await test();
    const signatures = String(receiver.received.at(-1)?.headers["webhook-signature"]).split(" ");

    expect(signatures).toHaveLength(1);
  });

  it("is told to those only whose statements name it", async () => {
    await using server = await TemporaryServer.start();
    await using receiver = await Receiver.start();
    const allow = (actions: string[], resource: string) => ({
      url: receiver.url,
      statements: [{ effect: "allow", actions, resources: [resource] }],
    });
    await newWebhook(server, allow(["updateOn"], "proj/default:env/production:flag/*"));
    await newWebhook(server, allow(["deleteFlag"], "proj/*:env/test:flag/*;beta"));
    await newWebhook(server, allow(["createAccessToken"], "service-token/*"));
    const turnOn = (environmentKey: string) =>
      server.ask("PATCH", "/api/v2/flags/default/checkout", {
        environmentKey,
        instructions: [{ kind: "turnFlagOn" }],
      });

    await newFlag(server, "checkout");
    await newFlag(server, "tagged", { tags: ["beta"] });
    await turnOn("test");
    await turnOn("production");
    await server.ask("DELETE", "/api/v2/flags/default/checkout");
    await server.ask("DELETE", "/api/v2/flags/default/tagged");
    await newToken(server, { serviceToken: true, role: "reader" });
    await server.running.runDueWork();

    const told = receiver.received.map(({ body }) => JSON.parse(body));
    expect(told.map(({ name, instructions }) => [name, instructions[0].kind]).sort()).toEqual([
      ["checkout", "turnFlagOn"],
      ["made by a test", "createAccessToken"],
      ["tagged", "deleteFlag"],
    ]);
  });

  it("is told once to each of many that are on, whatever they ask for", async () => {
    await using server = await TemporaryServer.start();
    await using receiver = await Receiver.start();
    const flags = [{ effect: "allow", actions: ["*"], resources: ["proj/*:env/*:flag/*"] }];
    const others = [{ effect: "allow", actions: ["*"], resources: ["member/*"] }];
    const hook = async (path: string, settings: object = {}): Promise<void> => {
      await newWebhook(server, { url: new URL(path, receiver.url).href, on: false, ...settings });
    };
    const asking = Array.from({ length: 40 }, (_, index) => `/asking-${index}`);
    for (const path of asking) await hook(path, { statements: flags });
    await hook("/everything");
    await hook("/others", { statements: others });
    const { db } = server.running;
    // Turned on without a change, which would be told.
    await db.updateTable("subscription").set({ is_on: 1 }).execute();
    await hook("/off");
    await db.deleteFrom("message").execute();

    await newFlag(server, "checkout");
    const deliveries = await db.selectFrom("message_delivery").select(["id", "state"]).execute();
    await server.running.runDueWork();
    await server.running.runDueWork();

    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(asking.length + 1);
    expect(deliveries.every(({ state }) => state === "pending")).toBe(true);
    expect(receiver.received.map(({ url }) => url).sort()).toEqual(
      [...asking, "/everything"].sort(),
    );
    const after = await db.selectFrom("message_delivery").select(["state", "attempts"]).execute();
    expect(after).toEqual(deliveries.map(() => ({ state: "delivered", attempts: 1 })));
  });

  it("that is refused is not told", async () => {
    await using server = await TemporaryServer.start();
    await using receiver = await Receiver.start();
    await newWebhook(server, { url: receiver.url });
    await newFlag(server, "checkout");

    await newFlag(server, "checkout");
    await server.running.runDueWork();

    expect(titlesOf(receiver).filter((title) => title.includes("checkout"))).toHaveLength(1);
  });
});

describe("a receiver", () => {
  it("that is down gets everything once it is up, in order", async () => {
    let now = Date.now();
    await using server = await TemporaryServer.start({ now: () => now });
    const { url, port } = await (async () => {
      await using former = await Receiver.start();
      return former;
    })();
    const { _id } = await newWebhook(server, { url });
    for (const key of ["a", "b", "c"]) await newFlag(server, key);
    await server.running.runDueWork();
    const [waiting] = (await server.ask("GET", `${webhooks}/${_id}/deliveries`))
      .json()
      .items.slice(-1);

    await using receiver = await Receiver.start(port);
    await server.running.runDueWork();
    const early = receiver.received.length;
    now += 5 * secondMs;
    await server.running.runDueWork();

    expect(waiting).toMatchObject({ state: "pending", attempts: 1, problem: expect.any(String) });
    expect(early).toBe(0);
    expect(titlesOf(receiver).map((title) => title.at(-1))).toEqual(["a", "b", "c"]);
  });

  it("that refuses a message still gets those after it", async () => {
    let now = Date.now();
    await using server = await TemporaryServer.start({ now: () => now });
    await using receiver = await Receiver.start();
    receiver.status = 400;
    await newWebhook(server, { url: receiver.url });
    await newFlag(server, "a");
    await server.running.runDueWork();

    receiver.status = 200;
    await newFlag(server, "b");
    await server.running.runDueWork();
    now += 5 * secondMs;
    await server.running.runDueWork();

    expect(titlesOf(receiver).map((title) => title.at(-1))).toEqual(["a", "b", "a"]);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids[2]).toBe(ids[0]);
  });

  it("that fails for seven days is turned off, and that is written down", async () => {
    let now = Date.now();
    await using server = await TemporaryServer.start({ now: () => now });
    await using receiver = await Receiver.start();
    receiver.status = 500;
    const { _id } = await newWebhook(server, { url: receiver.url, name: "Chat" });
    await newFlag(server, "a");

    for (let day = 0; day < 7; day += 1) {
      await server.running.runDueWork();
      expect((await server.ask("GET", `${webhooks}/${_id}`)).json().on).toBe(true);
      now += dayMs;
    }
    await server.running.runDueWork();

    expect((await server.ask("GET", `${webhooks}/${_id}`)).json().on).toBe(false);
    const [delivery] = (await server.ask("GET", `${webhooks}/${_id}/deliveries`)).json().items;
    expect(delivery).toMatchObject({ state: "failed", statusCode: 500, attempts: 8 });
    const rows = await server.running.db.selectFrom("change").select("words").execute();
    expect(rows.at(-1)?.words).toContain("Turn off Chat: nothing was received for 7 days");
  });

  it("is sent a message again on request, and a test at once, with what it answered in the log", async () => {
    await using server = await TemporaryServer.start();
    await using receiver = await Receiver.start();
    const { _id } = await newWebhook(server, { url: receiver.url });
    const log = `${webhooks}/${_id}/deliveries`;
    await newFlag(server, "a");
    await server.running.runDueWork();
    const [first] = (await server.ask("GET", log)).json().items;

    const replay = await server.ask("POST", `${log}/${first._id}/replay`, {});
    await server.running.runDueWork();
    receiver.status = 418;
    const test = (await server.ask("POST", `${webhooks}/${_id}/test`, {})).json();

    expect(first).toMatchObject({ state: "delivered", statusCode: 200, attempts: 1 });
    expect(replay.statusCode).toBe(201);
    expect(replay.json().messageId).toBe(first.messageId);
    expect(test).toMatchObject({
      state: "failed",
      statusCode: 418,
      title: expect.stringContaining("Test"),
    });
    // The replay is itself a change, which is told.
    expect(titlesOf(receiver).map((title) => title.split(": ")[1])).toEqual([
      "Create the flag a",
      "Create the flag a",
      `Send a message to the webhook ${_id} again`,
      "Test the webhook",
    ]);
    const shown = await server.ask("GET", `${log}/${first._id}`);
    expect(shown.json().payload).toMatchObject({ name: "a" });
    expect(`${shown.body}${(await server.ask("GET", log)).body}`).not.toContain(
      "nobody's business",
    );
    expect((await server.ask("GET", `${log}/none`)).statusCode).toBe(404);
  });

  it("has a log that shows nobody what happened in a project that is hidden from them", async () => {
    await using server = await TemporaryServer.start();
    await using receiver = await Receiver.start();
    const { _id } = await newWebhook(server, { url: receiver.url });
    await newFlag(server, "hidden-flag");
    await server.running.runDueWork();
    const policy = [{ effect: "allow", actions: ["viewWebhook"], resources: ["webhook/*"] }];
    const role = { key: "narrow", name: "Narrow", basePermissions: "no_access", policy };
    await server.ask("POST", "/api/v2/roles", role);
    const settings = { email: "narrow@example.com", role: "no_access", customRoles: ["narrow"] };
    const narrow = await newMember(server, settings);
    const log = `${webhooks}/${_id}/deliveries`;

    const listed = await server.askAs(narrow, "GET", `${log}?limit=100`);
    const { _id: delivery } = listed.json().items.at(-1);
    const shown = await server.askAs(narrow, "GET", `${log}/${delivery}`);

    expect(listed.statusCode).toBe(200);
    expect(shown.json()).toMatchObject({ state: "delivered", statusCode: 200 });
    expect(`${listed.body}${shown.body}`).not.toContain("hidden-flag");
    expect((await server.ask("GET", `${log}/${delivery}`)).body).toContain("hidden-flag");
  });

  it("that an operator does not allow any more is not asked", async () => {
    await using server = await TemporaryServer.start();
    const { _id } = await newWebhook(server, { url: "http://127.0.0.1:9/" });
    const config = JSON.stringify({ url: "http://169.254.169.254/latest", secret: "" });
    await server.running.db.updateTable("subscription").set({ config }).execute();

    const test = (await server.ask("POST", `${webhooks}/${_id}/test`, {})).json();

    expect(test.problem).toContain("not on the public internet");
  });
});

it("what was committed before the server ended is sent after the next start", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  await using receiver = await Receiver.start();
  receiver.status = 503;
  const settings = parseSettings({
    HALYARD_DATA: folder,
    HALYARD_BOOTSTRAP_TOKEN: TemporaryServer.ownerToken,
    HALYARD_OUTBOUND_ALLOW: "127.0.0.1",
    HALYARD_LOG_LEVEL: "silent",
  });
  const start = (now: number) =>
    startServer({ ...settings, port: 0, host: "127.0.0.1" }, () => now);
  const headers = { authorization: TemporaryServer.ownerToken };
  const now = Date.now();

  await (async () => {
    await using server = await start(now);
    const hook = { url: receiver.url, sign: false, on: true };
    await server.app.inject({ method: "POST", url: webhooks, headers, payload: hook });
    const flag = { key: "a", name: "a" };
    await server.app.inject({
      method: "POST",
      url: "/api/v2/flags/default",
      headers,
      payload: flag,
    });
  })();
  receiver.status = 200;
  receiver.received.length = 0;
  await (async () => {
    await using server = await start(now + dayMs);
    await server.runDueWork();
  })();

  expect(titlesOf(receiver).map((title) => title.at(-1))).toEqual(["a"]);
  await rm(folder, { recursive: true });
});
