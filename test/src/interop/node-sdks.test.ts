import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import * as NodeClient from "launchdarkly-node-client-sdk";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { expectedValues, ServedFlags, until } from "./served-flags.ts";

const flags = await ServedFlags.start();
afterAll(() => flags[Symbol.asyncDispose]());
afterEach(() => flags.serve("text", 0));

const ada = { kind: "user", key: "ada" } as const;
const grace = { kind: "user", key: "grace" } as const;
const quiet = LaunchDarkly.basicLogger({ level: "none" });

async function serverClient(options: LaunchDarkly.LDOptions) {
  const { url } = flags;
  const client = LaunchDarkly.init(flags.sdkKey, {
    ...(options.dataSystem === undefined ? { baseUri: url, streamUri: url } : {}),
    eventsUri: url,
    logger: quiet,
    flushInterval: 600,
    ...options,
  });
  await client.waitForInitialization({ timeout: 20 });
  return client;
}

const dataSystem = (url: string): LaunchDarkly.LDOptions => ({
  baseUri: url,
  streamUri: url,
  dataSystem: {},
});

const modes: readonly { mode: string; options: () => LaunchDarkly.LDOptions }[] = [
  { mode: "streaming", options: () => ({}) },
  { mode: "polling", options: () => ({ stream: false, pollInterval: 30 }) },
  { mode: "the newer data system", options: () => dataSystem(flags.url) },
];
// The shortest pace of polling is 30 s, so what a poll brings is seen at the start only.
const liveModes = modes.filter(({ mode }) => mode !== "polling");

describe.each(modes)("LaunchDarkly's SDK for Node servers, $mode", ({ options }) => {
  it("gets every kind of value, with its reason", async () => {
    const client = await serverClient(options());

    for (const [key, value] of Object.entries(expectedValues)) {
      expect(await client.variationDetail(key, ada, null)).toMatchObject({
        value,
        variationIndex: 0,
        reason: { kind: "FALLTHROUGH" },
      });
    }
    expect(await client.variation("text", { key: "grace" }, "")).toBe("new");
    client.close();
  });

  it("has its evaluations counted exactly", async () => {
    const before = await flags.evaluations("number", 0);
    const client = await serverClient(options());
    for (let count = 0; count < 100; count += 1) await client.variation("number", ada, 0);
    await client.flush();

    expect(await flags.evaluations("number", before + 100)).toBe(before + 100);
    client.close();
  });
});

it.each(liveModes)(
  "LaunchDarkly's SDK for Node servers, $mode, hears of a change, and goes on while the server is gone",
  async ({ options }) => {
    const client = await serverClient(options());
    const heard = new Promise((resolve) => client.once("update:text", resolve));
    await flags.serve("text", 1);
    await heard;
    expect(await client.variation("text", ada, "")).toBe("new");

    await flags.kill();
    expect(await client.variation("text", ada, "")).toBe("new");
    const again = new Promise((resolve) => client.once("update:text", resolve));
    await flags.restart();
    await flags.serve("text", 0);
    await again;

    expect(await client.variation("text", ada, "")).toBe("old");
    client.close();
  },
);

it("counts once what was on its way when the server was killed, however often it is sent", async () => {
  const before = await flags.evaluations("json", 0);
  const counters = [{ variation: 0, version: 1, value: {}, count: 7 }];
  const summary = { kind: "summary", startDate: 1, endDate: 2, features: { json: { counters } } };
  const send = () =>
    fetch(`${flags.url}/bulk`, {
      method: "POST",
      headers: { authorization: flags.sdkKey, "x-launchdarkly-payload-id": "on-its-way" },
      body: JSON.stringify([summary]),
    }).then(
      ({ status }) => status,
      () => "cut off",
    );

  for (let life = 0; life < 5; life += 1) {
    const sent = send();
    await flags.kill();
    await sent;
    await flags.restart();
  }
  expect(await send()).toBe(202);

  expect(await flags.evaluations("json", before + 7)).toBe(before + 7);
});

it("LaunchDarkly's SDK for Node clients gets results, changes and counts", async () => {
  const { url } = flags;
  const before = await flags.evaluations("switch", 0);
  const client = NodeClient.initialize(flags.clientSideId, ada, {
    baseUrl: url,
    streamUrl: url,
    eventsUrl: url,
    streaming: true,
    evaluationReasons: true,
    logger: quiet,
  });
  await client.waitForInitialization();

  for (const [key, value] of Object.entries(expectedValues)) {
    expect(client.variationDetail(key, null)).toMatchObject({
      value,
      variationIndex: 0,
      reason: { kind: "FALLTHROUGH" },
    });
  }
  const heard = new Promise((resolve) => client.on("change:text", resolve));
  await flags.serve("text", 1);
  await heard;
  expect(client.variation("text", "")).toBe("new");
  await flags.serve("text", 0);
  await client.identify(grace);
  expect(client.variation("text", "")).toBe("new");
  await client.flush();
  expect(await flags.evaluations("switch", before + 1)).toBe(before + 1);
  await client.close();
});

it("knows which SDKs are connected, and that they are up to date", async () => {
  const client = await serverClient({ application: { id: "shop", version: "1" } });

  const { items } = await until(
    () => flags.connections(),
    ({ items: found }) => found.some(({ sdk }) => sdk.startsWith("NodeJSClient/")),
  );

  expect(items).toContainEqual(
    expect.objectContaining({
      sdk: expect.stringMatching(/^NodeJSClient\/9/u),
      tags: "application-id/shop application-version/1",
      isCurrent: true,
    }),
  );
  client.close();
});
