import { afterAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { Receiver } from "../testing/receiver.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/integrations";
const url = "http://127.0.0.1:9/services/T0/B0/hidden-part";
const slack = { name: "Releases", config: { url } };

describe("a subscription of an integration", () => {
  it("is made, listed, shown, changed and deleted", async () => {
    const made = await server.ask("POST", `${path}/slack`, slack);
    const self = `${path}/slack/${made.json()._id}`;
    const changed = await server.ask("PATCH", self, [
      { op: "replace", path: "/on", value: true },
      { op: "add", path: "/tags/-", value: "ops" },
    ]);
    const listed = await server.ask("GET", `${path}/slack`);
    const elsewhere = await server.ask("GET", `${path}/msteams/${made.json()._id}`);
    const gone = await server.ask("DELETE", self);

    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      kind: "slack",
      name: "Releases",
      on: false,
      config: { url },
    });
    expect(changed.json()).toMatchObject({ on: true, tags: ["ops"], config: { url } });
    expect(listed.json()).toMatchObject({ key: "slack", items: [changed.json()] });
    expect(elsewhere.statusCode).toBe(404);
    expect(gone.statusCode).toBe(204);
    expect((await server.ask("GET", self)).statusCode).toBe(404);
  });

  it.each([
    ["jira", { url }, "there are slack, msteams, datadog"],
    ["slack", {}, 'the integration "slack" takes url'],
    ["slack", { url, channel: "ops" }, 'the integration "slack" takes url'],
    ["datadog", { hostURL: url }, 'the integration "datadog" takes apiKey, hostURL'],
    ["slack", { url: "http://192.168.0.1/" }, "not on the public internet"],
    ["datadog", { apiKey: "k", hostURL: "http://[::1]/" }, "not on the public internet"],
  ])("is refused: %s with %o", async (key, config, words) => {
    const answer = await server.ask("POST", `${path}/${key}`, { name: "x", config });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain(words);
  });

  it("is tried, tells what was sent, and sends it again", async () => {
    await using receiver = await Receiver.start();
    const config = { url: receiver.url };
    const { _id } = (await server.ask("POST", `${path}/slack`, { ...slack, config })).json();
    const self = `${path}/slack/${_id}`;

    const tested = await server.ask("POST", `${self}/test`);
    const listed = await server.ask("GET", `${self}/deliveries`);
    const shown = await server.ask("GET", `${self}/deliveries/${tested.json()._id}`);
    const again = await server.ask("POST", `${self}/deliveries/${tested.json()._id}/replay`);
    const elsewhere = await server.ask("GET", `${path}/msteams/${_id}/deliveries`);
    const asWebhook = await server.ask("GET", `/api/v2/webhooks/${_id}/deliveries`);

    expect(tested.json()).toMatchObject({
      state: "delivered",
      title: expect.stringContaining("Test Releases"),
    });
    expect(listed.json()).toMatchObject({ totalCount: 1, items: [tested.json()] });
    expect(shown.json().payload).toMatchObject({ title: expect.stringContaining("Test Releases") });
    expect(again.json()).toMatchObject({ state: "pending", messageId: tested.json().messageId });
    expect([elsewhere.statusCode, asWebhook.statusCode]).toEqual([404, 404]);
  });

  it("hides what opens the service from readers and from the audit log", async () => {
    const { _id } = (await server.ask("POST", `${path}/slack`, slack)).json();
    const reader = await newMember(server, { email: "reader@example.com", role: "reader" });

    const shown = await server.askAs(reader, "GET", `${path}/slack/${_id}`);
    const again = await server.ask("PATCH", `${path}/slack/${_id}`, {
      config: shown.json().config,
    });
    const refused = await server.askAs(reader, "PATCH", `${path}/slack/${_id}`, { on: true });
    const changes = await server.running.db.selectFrom("change").selectAll().execute();

    expect(shown.json().config.url).toBe("••••••••part");
    expect(again.json().config.url).toBe(url);
    expect(refused.statusCode).toBe(403);
    expect(JSON.stringify(changes)).not.toContain("hidden-part");
  });

  it("is made only by those who may", async () => {
    const inlineRole = [
      { effect: "allow", actions: ["createIntegration"], resources: ["integration/slack"] },
    ];
    const { token } = await newToken(server, { serviceToken: true, inlineRole });
    const make = (key: string, config: object) =>
      server.ask("POST", `${path}/${key}`, { name: "x", config }, token);

    expect((await make("slack", { url })).statusCode).toBe(201);
    expect((await make("datadog", { apiKey: "k" })).statusCode).toBe(403);
  });
});

describe("a change", () => {
  it("reaches each service in its own words", async () => {
    await using receiver = await Receiver.start();
    const at = `http://127.0.0.1:${receiver.port}`;
    const on = { name: "x", on: true };
    await server.ask("POST", `${path}/slack`, { ...on, config: { url: `${at}/slack` } });
    await server.ask("POST", `${path}/msteams`, { ...on, config: { url: `${at}/msteams` } });
    const datadog = { apiKey: "datadog-key", hostURL: `${at}/` };
    const { _id } = (
      await server.ask("POST", `${path}/datadog`, { ...on, config: datadog })
    ).json();
    await server.running.runDueWork();
    receiver.received.length = 0;

    await server.ask("POST", "/api/v2/flags/default", { key: "a", name: "<Checkout> & more" });
    await server.running.runDueWork();

    const bodyAt = (path: string) =>
      JSON.parse(receiver.received.find(({ url }) => url === path)?.body ?? "{}");
    expect(bodyAt("/slack").text).toContain("*");
    expect(bodyAt("/slack").text).not.toMatch(/[<>]/u);
    expect(bodyAt("/msteams").attachments[0].content).toMatchObject({
      type: "AdaptiveCard",
      body: [{ type: "TextBlock", text: expect.stringContaining("Create the flag a") }, {}],
    });
    expect(bodyAt("/api/v1/events")).toMatchObject({
      title: expect.stringContaining("Create the flag a"),
      alert_type: "info",
      tags: expect.arrayContaining(["source:halyard", "kind:flag", "flag:a", "env:production"]),
    });
    const event = receiver.received.find(({ url }) => url === "/api/v1/events");
    expect(event?.headers["dd-api-key"]).toBe("datadog-key");
    const shown = (await server.ask("GET", `${path}/datadog/${_id}`)).json();
    expect(shown._status).toMatchObject({ successCount: 1, errorCount: 0 });
  });
});
