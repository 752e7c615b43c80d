import { createHmac } from "node:crypto";
import { Receiver } from "@halyard/server/receiver";
import { FeatureFlagsApi, WebhooksApi } from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const webhooks = new WebhooksApi(client.configuration);
const flags = new FeatureFlagsApi(client.configuration);

describe("the generated client", () => {
  it("makes a webhook, to which a signed message of each change comes", async () => {
    await using receiver = await Receiver.start();
    const { data: made } = await webhooks.postWebhook({
      name: "Chat",
      url: receiver.url,
      sign: true,
      secret: "between us",
      on: true,
      statements: [{ effect: "allow", actions: ["*"], resources: ["proj/*:env/*:flag/told-*"] }],
    });

    await flags.postFeatureFlag("default", { key: "told-1", name: "Told" });
    await flags.postFeatureFlag("default", { key: "other", name: "Other" });
    await client.runDueWork();

    expect(made).toMatchObject({ name: "Chat", on: true, secret: "between us" });
    const bodies = receiver.received.map(({ body }) => JSON.parse(body));
    expect(bodies).toMatchObject([{ kind: "flag", name: "Told" }]);
    const [message] = receiver.received;
    const signature = createHmac("sha256", "between us").update(message?.body ?? "");
    expect(message?.headers["x-ld-signature"]).toBe(signature.digest("hex"));
  });

  it("changes a webhook, lists and reads it, and ends it", async () => {
    const url = "https://1.1.1.1/hook";
    const { data: made } = await webhooks.postWebhook({ url, sign: false, on: false });
    const { data: changed } = await webhooks.patchWebhook(made._id, [
      { op: "replace", path: "/name", value: "Pager" },
      { op: "add", path: "/tags/0", value: "night" },
    ]);
    const { data: list } = await webhooks.getAllWebhooks();
    const { data: read } = await webhooks.getWebhook(made._id);
    await webhooks.deleteWebhook(made._id);

    expect([changed, read]).toMatchObject(Array(2).fill({ name: "Pager", tags: ["night"] }));
    expect(list.items.map(({ _id }) => _id)).toContain(made._id);
    expect(await statusOfRefusal(webhooks.getWebhook(made._id))).toBe(404);
  });
});
