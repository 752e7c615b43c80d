import { deliveredFlag, type FlagState } from "@halyard/instructions";
import { expect, it } from "vitest";
import type { FlagRepresentation } from "../../../packages/admin-ui/src/flags/state/flag-representation.ts";
import { flagStateOf } from "../../../packages/admin-ui/src/flags/state/flag-state.ts";
import { everyFeature } from "../every-feature.ts";
import { Management } from "../management.ts";
import { ServerProcess } from "../server-process.ts";

it("evaluates in the page the very flags that SDKs are sent", async () => {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  await management.import("shop", {
    format: "launchdarkly",
    environment: "production",
    documents: everyFeature("production"),
  });
  const sdkKey = await management.sdkKey("shop", "production");
  const answer = await fetch(`${server.url}/sdk/latest-all`, {
    headers: { authorization: sdkKey },
  });
  const sent = (await answer.json()) as { flags: Record<string, object> };

  const keys = Object.keys(sent.flags);
  const shown = await Promise.all(
    keys.map(async (key) => management.ask("GET", `/api/v2/flags/shop/${key}`)),
  );
  const representations = new Map(
    (shown as FlagRepresentation[]).map((flag) => [flag.key, flag] as const),
  );
  const states = new Map<string, FlagState>();
  for (const [key, flag] of representations) {
    const state = flagStateOf(
      flag,
      (other, index) => representations.get(other)?.variations[index]?._id,
    );
    states.set(key, state);
  }

  expect(keys.length).toBeGreaterThan(40);
  for (const [key, state] of states) {
    const version = representations.get(key)?.environments["production"]?.version ?? 0;
    const findFlag = (other: string) => states.get(other);
    const evaluated = deliveredFlag(state, { environmentKey: "production", version, findFlag });
    expect(JSON.parse(JSON.stringify(evaluated)), key).toEqual(sent.flags[key]);
  }
});
