import { init, redisBigSegments } from "@halyard/sdk";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import { RedisBigSegmentStore } from "@launchdarkly/node-server-sdk-redis";
import { expect, it } from "vitest";
import { Management } from "../management.ts";
import { connectTo, hasRedis, startRedis } from "../redis.ts";
import { ServerProcess } from "../server-process.ts";
import { until } from "./served-flags.ts";

// Without Redis there is nothing that an SDK could look up in; the test command says so, too.
it.runIf(hasRedis)("are found by an SDK on a server, in Redis", async () => {
  await using redis = await startRedis();
  await using server = await ServerProcess.start({ redisUrl: redis.url });
  const management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  await management.createFlag("shop", "party", ["guest", "stranger"]);
  const segments = "/api/v2/segments/shop/production";
  await management.ask("POST", segments, { key: "guests", name: "Guests", unbounded: true });
  const members = (kind: string, values: string[]) =>
    management.ask("PATCH", `${segments}/guests`, { instructions: [{ kind, values }] });
  const { variations } = (await management.ask("GET", "/api/v2/flags/shop/party")) as {
    variations: { _id: string }[];
  };
  const [guest, stranger] = variations.map(({ _id }) => _id);
  await management.instruct("shop", "party", "production", [
    { kind: "turnFlagOn" },
    {
      kind: "addRule",
      clauses: [{ attribute: "", op: "segmentMatch", values: ["guests"] }],
      variationId: guest,
    },
    { kind: "updateFallthroughVariationOrRollout", variationId: stranger },
  ]);
  await members("addBigSegmentIncludedTargets", ["ada"]);
  const environment = (await management.ask(
    "GET",
    "/api/v2/projects/shop/environments/production",
  )) as { apiKey: string; _id: string };
  const prefix = `halyard:${environment._id}`;
  const client = LaunchDarkly.init(environment.apiKey, {
    baseUri: server.url,
    streamUri: server.url,
    eventsUri: server.url,
    sendEvents: false,
    logger: LaunchDarkly.basicLogger({ level: "none" }),
    bigSegments: {
      store: RedisBigSegmentStore({
        prefix,
        redisOpts: { port: redis.port, host: "127.0.0.1" },
      }),
      userCacheTime: 0.01,
      statusPollInterval: 0.1,
    },
  });
  await client.waitForInitialization({ timeout: 10 });
  const detail = (key: string) => client.variationDetail("party", { kind: "user", key }, "");
  const become = (key: string, wanted: string) =>
    until(
      () => detail(key),
      ({ value }) => value === wanted,
    );

  // The SDK asks now and then how fresh the store is; what it heard first may be from before the mirror.
  const healthy = await until(
    () => detail("ada"),
    ({ value, reason }) => value === "guest" && reason.bigSegmentsStatus === "HEALTHY",
  );
  expect(healthy.reason.kind).toBe("RULE_MATCH");
  expect(await detail("grace")).toMatchObject({ value: "stranger" });
  await members("removeBigSegmentIncludedTargets", ["ada"]);
  await members("addBigSegmentIncludedTargets", ["grace"]);

  expect(await become("ada", "stranger")).toMatchObject({ value: "stranger" });
  expect(await become("grace", "guest")).toMatchObject({ value: "guest" });

  const form = new FormData();
  form.append("mode", "replace");
  form.append("file", new File(["linus\ngrace\n"], "members.csv"));
  await management.request("POST", `${segments}/guests/imports`, form);
  expect(await become("linus", "guest")).toMatchObject({ value: "guest" });
  // Who is in both memberships stays a member.
  expect(await detail("grace")).toMatchObject({ value: "guest" });
  client.close();

  await using connection = connectTo(redis.port);
  await using ours = init(environment.apiKey, {
    baseUri: server.url,
    sendEvents: false,
    bigSegments: { store: redisBigSegments(connection.send, { prefix }) },
  });
  await ours.waitForInitialization();
  const grace = { kind: "user", key: "grace" };
  await ours.loadBigSegments(grace);
  expect(ours.variationDetail("party", grace, "")).toMatchObject({
    value: "guest",
    reason: { kind: "RULE_MATCH", bigSegmentsStatus: "HEALTHY" },
  });

  await management.ask("DELETE", "/api/v2/projects/shop");
  const left = () => connection.send(["KEYS", `${prefix}:*`]);
  expect(await until(left, (names) => Array.isArray(names) && names.length === 0)).toEqual([]);
});
