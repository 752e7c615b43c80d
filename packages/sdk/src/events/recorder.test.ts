import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type HalyardClient, init, type Options } from "../index.ts";

const ada = { kind: "user", key: "ada", plan: "pro", email: "ada@example.org" };
const flag = (key: string, rest: object = {}) => ({
  key,
  version: 4,
  on: true,
  variations: ["old", "new"],
  offVariation: 0,
  fallthrough: { variation: 1 },
  ...rest,
});

type Event = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A client of these flags whose events arrive here. */
async function startClient(flags: readonly { key: string }[], options: Options = {}) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/sdk/")) {
      response.writeHead(404).end();
      return;
    }
    if (request.url !== "/bulk") {
      const data = { flags: Object.fromEntries(flags.map((one) => [one.key, one])), segments: {} };
      response.writeHead(200).write(`event: put\ndata: ${JSON.stringify({ path: "/", data })}\n\n`);
      return;
    }
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(202).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ignore = (): void => undefined;
  const client: HalyardClient = init("key", {
    baseUri: `http://127.0.0.1:${port}`,
    logger: { error: ignore, warn: ignore, info: ignore, debug: ignore },
    ...options,
  });
  await client.waitForInitialization();
  return {
    client,
    /** Delivers, and gives what was delivered. */
    async events(): Promise<Event[]> {
      await client.flush();
      return bodies.splice(0).flatMap((body) => JSON.parse(body) as Event[]);
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const kinds = (events: readonly Event[]): string[] => events.map(({ kind }) => kind);

describe("Recorder", () => {
  it("counts by flag and variation, with the kinds of contexts and the first fallback", async () => {
    await using app = await startClient([flag("checkout")]);
    for (const key of ["ada", "bo", "ada"]) {
      app.client.variation("checkout", { kind: "user", key }, "fallback");
    }
    app.client.variation("checkout", { kind: "org", key: "acme" }, "another");
    app.client.boolVariation("checkout", ada, true);

    const summary = (await app.events()).find(({ kind }) => kind === "summary");

    expect(summary?.["features"]).toEqual({
      checkout: {
        default: "fallback",
        contextKinds: ["user", "org"],
        counters: [
          { value: true, version: 4, count: 1 },
          { value: "new", version: 4, variation: 1, count: 4 },
        ],
      },
    });
  });

  it("counts anew after each delivery, and says nothing where nothing happened", async () => {
    await using app = await startClient([flag("checkout")]);
    app.client.variation("checkout", ada, "fallback");
    await app.events();
    expect(await app.events()).toEqual([]);

    app.client.variation("checkout", ada, "later");

    expect(await app.events()).toMatchObject([
      { kind: "summary", features: { checkout: { default: "later", counters: [{ count: 1 }] } } },
    ]);
  });

  it("counts what is asked and is not there", async () => {
    await using app = await startClient([]);
    app.client.variation("nope", ada, "x");
    app.client.variation("nope", ada, "x");

    const [, summary] = await app.events();

    expect(summary?.["features"]).toEqual({
      nope: {
        default: "x",
        contextKinds: ["user"],
        counters: [{ unknown: true, value: "x", count: 2 }],
      },
    });
  });

  it("sends a context in full once, whatever it is asked for", async () => {
    await using app = await startClient([flag("a"), flag("b")]);
    const team = { kind: "multi", user: { key: "ada" }, org: { key: "acme" } };
    for (const context of [ada, team, ada, team, { ...ada, plan: "free" }]) {
      app.client.variation("a", context, "x");
      app.client.variation("b", context, "x");
    }

    const indexed = (await app.events()).filter(({ kind }) => kind === "index");

    expect(indexed.map(({ context }) => context)).toEqual([ada, team]);
  });

  it("sends every evaluation of a tracked flag", async () => {
    await using app = await startClient([flag("checkout", { trackEvents: true })]);
    app.client.variation("checkout", ada, "x");
    app.client.variationDetail("checkout", ada, "x");

    const features = (await app.events()).filter(({ kind }) => kind === "feature");

    const event = { key: "checkout", version: 4, variation: 1, value: "new", default: "x" };
    expect(features).toEqual([
      { kind: "feature", creationDate: expect.any(Number), ...event, context: ada },
      {
        kind: "feature",
        creationDate: expect.any(Number),
        ...event,
        reason: { kind: "FALLTHROUGH" },
        context: ada,
      },
    ]);
  });

  it("sends in full what a tracked rule or an experiment gave, and counts the rest", async () => {
    const clauses = [{ attribute: "plan", op: "in", values: ["pro"] }];
    const rules = [{ id: "r", variation: 0, clauses, trackEvents: true }];
    const variations = [{ variation: 1, weight: 100_000 }];
    const rollout = { kind: "experiment", variations };
    await using app = await startClient([
      flag("rule", { rules }),
      flag("experiment", { fallthrough: { rollout } }),
      flag("rollout", { fallthrough: { rollout: { variations } } }),
    ]);
    for (const key of ["rule", "experiment", "rollout"]) {
      app.client.variation(key, ada, "x");
      app.client.variation(key, { kind: "multi", org: { key: "o" }, user: { key: "bo" } }, "x");
    }

    const events = await app.events();

    const inFull = events.filter(({ kind }) => kind === "feature");
    expect(inFull.map(({ key, reason }) => [key, reason])).toEqual([
      ["rule", { kind: "RULE_MATCH", ruleIndex: 0, ruleId: "r" }],
      ["experiment", { kind: "FALLTHROUGH", inExperiment: true }],
      ["experiment", { kind: "FALLTHROUGH", inExperiment: true }],
    ]);
    const summary = events.find(({ kind }) => kind === "summary");
    expect(summary?.["features"]).toMatchObject({
      rollout: { contextKinds: ["user", "org"], counters: [{ variation: 1, count: 2 }] },
    });
  });

  it("sends a debug event while a flag is debugged, and none afterwards", async () => {
    const soon = Date.now() + 3_600_000;
    await using app = await startClient([
      flag("now", { debugEventsUntilDate: soon }),
      flag("over", { debugEventsUntilDate: 1 }),
    ]);
    app.client.variation("now", ada, "x");
    app.client.variation("over", ada, "x");

    expect(kinds(await app.events())).toEqual(["index", "debug", "summary"]);
  });

  it("says of a prerequisite which flag asked for it", async () => {
    await using app = await startClient([
      flag("base", { trackEvents: true }),
      flag("top", { prerequisites: [{ key: "base", variation: 1 }] }),
    ]);
    app.client.variation("top", ada, "x");

    const events = await app.events();

    expect(events.find(({ kind }) => kind === "feature")).toMatchObject({
      key: "base",
      prereqOf: "top",
      default: null,
    });
    const summary = events.find(({ kind }) => kind === "summary");
    expect(Object.keys(Object(summary?.["features"]))).toEqual(["base", "top"]);
  });

  it("leaves out what is excluded from summaries, and samples what is sampled", async () => {
    await using app = await startClient([
      flag("quiet", { excludeFromSummaries: true }),
      flag("never", { trackEvents: true, samplingRatio: 0 }),
    ]);
    app.client.variation("quiet", ada, "x");
    app.client.variation("never", ada, "x");

    const events = await app.events();

    expect(kinds(events)).toEqual(["index", "summary"]);
    expect(Object.keys(Object(events[1]?.["features"]))).toEqual(["never"]);
  });

  it("lets no private attribute out", async () => {
    await using app = await startClient([flag("checkout")], { privateAttributes: ["email"] });
    app.client.variation("checkout", ada, "x");
    app.client.track("bought", ada, { items: 2 }, 9.5);

    const events = await app.events();

    const { email: _, ...rest } = ada;
    const context = { ...rest, _meta: { redactedAttributes: ["email"] } };
    expect(events).toMatchObject([
      { kind: "index", context },
      { kind: "custom", key: "bought", data: { items: 2 }, metricValue: 9.5, context },
      { kind: "summary" },
    ]);
    expect(JSON.stringify(events)).not.toContain("example.org");
  });

  it("gives the answer where an event cannot be made of the context", async () => {
    await using app = await startClient([flag("checkout")]);
    const circular: Record<string, unknown> = { kind: "user", key: "loop" };
    circular["self"] = circular;

    expect(app.client.variation("checkout", circular, "x")).toBe("new");
    expect(kinds(await app.events())).toEqual(["summary"]);
  });
});
