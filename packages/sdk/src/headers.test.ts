import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { keptLines, ScriptedService, status, streams, transfer } from "../test/scripted-service.ts";
import { init } from "./index.ts";

const ada = { kind: "user", key: "ada" };

describe("requests of a client", () => {
  it("name the application, the wrapper and the instance, in order and without what is not allowed", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
      "/bulk": status(202),
    });
    const { logger, lines } = keptLines();
    const flags = init("sdk-test", {
      baseUri: service.url,
      logger,
      tags: { applicationVersion: "1.0", applicationId: "shop", applicationName: "The shop" },
      wrapper: { name: "shop-kit", version: "2" },
    });
    await flags.waitForInitialization();
    flags.identify(ada);
    await flags.close();

    const [stream, bulk] = service.asked;
    for (const asked of [stream, bulk]) {
      expect(asked?.headers).toMatchObject({
        authorization: "sdk-test",
        "x-launchdarkly-tags": "application-id/shop application-version/1.0",
        "x-launchdarkly-wrapper": "shop-kit/2",
        "x-launchdarkly-instance-id": expect.stringMatching(/^[\da-f-]{36}$/u),
      });
    }
    expect(stream?.headers["x-launchdarkly-instance-id"]).toBe(
      bulk?.headers["x-launchdarkly-instance-id"],
    );
    expect(lines[0]).toContain("tags.applicationName is left out");
  });

  it.each([
    [{ name: "kit" }, "kit"],
    [{ name: "kit", version: "" }, "kit"],
    [{ name: "", version: "2" }, undefined],
  ])("name the wrapper %j as far as it is known", async (wrapper, value) => {
    await using service = await ScriptedService.start({ "/bulk": status(202) });
    const { logger } = keptLines();
    const flags = init("sdk-test", { baseUri: service.url, logger, wrapper });
    flags.identify(ada);
    await flags.close();

    expect(service.askedFor("/bulk")[0]?.headers["x-launchdarkly-wrapper"]).toBe(value);
  });

  it.each(["", ".part", "a part", "-part"])("ask for no part by the filter %j", async (filter) => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
    });
    const { logger, lines } = keptLines();
    const flags = init("sdk-test", { baseUri: service.url, logger, filter, sendEvents: false });
    await flags.waitForInitialization();
    await flags.close();

    expect(service.asked[0]?.query.has("filter")).toBe(false);
    expect(lines[0]).toContain("filter is left out");
  });

  it("compress events where that is wanted", async () => {
    await using service = await ScriptedService.start({ "/bulk": status(202) });
    const { logger } = keptLines();
    const flags = init("sdk-test", { baseUri: service.url, logger, gzipEvents: true });
    flags.identify(ada);
    await flags.close();

    const [bulk] = service.askedFor("/bulk");
    expect(bulk?.headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(bulk?.body ?? "").toString())).toMatchObject([
      { kind: "identify", context: ada },
    ]);
  });

  it("leave out anonymous contexts where that is wanted", async () => {
    await using service = await ScriptedService.start({ "/bulk": status(202) });
    const { logger } = keptLines();
    const options = { baseUri: service.url, logger, omitAnonymousContexts: true };
    const flags = init("sdk-test", options);
    const somebody = { key: "x", anonymous: true };
    flags.identify({ kind: "user", ...somebody });
    flags.identify({ kind: "multi", user: somebody, org: { key: "acme" } });
    flags.track("bought", { kind: "user", ...somebody });
    await flags.close();

    expect(service.events).toMatchObject([
      { kind: "identify", context: { kind: "org", key: "acme" } },
      { kind: "custom", key: "bought" },
    ]);
    expect(service.events).toHaveLength(2);
  });
});
