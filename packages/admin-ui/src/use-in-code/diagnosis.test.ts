import { describe, expect, it } from "vitest";
import type { ConnectedSdk } from "../sdks/connected-sdk.ts";
import type { FailedConnect } from "../sdks/failed-connect.ts";
import { diagnose } from "./diagnosis.ts";

const nothing = {
  sdks: [],
  failed: [],
  unknown: [],
  environment: "test",
  flag: "first-flag",
  hasEvaluated: false,
  since: 1_000,
  isLong: false,
};
const refused: FailedConnect = {
  at: 2_000,
  path: "/sdk/stream",
  problem: "unknown",
  name: "halyard-node",
  version: "0.1.0",
  address: "127.0.0.1",
};
const connected: ConnectedSdk = {
  id: "1",
  name: "halyard-node",
  environment: "test",
  address: "127.0.0.1",
  credential: "…abcd",
  since: 2_000,
  servedVersion: 1,
  lagMs: 0,
};

describe("the diagnosis of a first connection", () => {
  it("says nothing at first, and after a while that nothing came", () => {
    expect(diagnose(nothing)).toEqual([]);
    expect(diagnose({ ...nothing, isLong: true })).toEqual([{ kind: "nothingCame" }]);
  });

  it.each([
    ["a client-side ID where the SDK key belongs", "/sdk/stream", "sdkKey"],
    ["another key where the client-side ID belongs", "/eval/:env/:context", "clientSideId"],
    ["another key where the mobile key belongs", "/meval/:context", "mobileKey"],
  ])("tells of %s", (_what, path, wanted) => {
    const failed = [{ ...refused, path, problem: "wrongKind" as const }];

    expect(diagnose({ ...nothing, failed })).toMatchObject([{ kind: "wrongKind", wanted }]);
  });

  it("tells of an SDK that tries again and again once, and of earlier ones not at all", () => {
    const failed = [refused, { ...refused, at: 1_500 }, { ...refused, name: "old", at: 500 }];

    expect(diagnose({ ...nothing, failed })).toEqual([
      { kind: "unknownKey", sdk: "halyard-node 0.1.0", at: 2_000 },
    ]);
  });

  it("tells of an SDK that came to another environment", () => {
    const sdks = [{ ...connected, environment: "production" }];

    expect(diagnose({ ...nothing, sdks })).toEqual([
      { kind: "otherEnvironment", sdk: "halyard-node", environment: "production" },
    ]);
  });

  it("tells of a misspelt flag once somebody is connected, until it is evaluated", () => {
    const unknown = [{ key: "frist-flag", nearest: "first-flag", count: 1, lastRequested: 3_000 }];
    const seen = { ...nothing, sdks: [connected], failed: [refused], unknown };

    expect(diagnose(seen)).toEqual([{ kind: "unknownFlag", key: "frist-flag" }]);
    expect(diagnose({ ...seen, hasEvaluated: true })).toEqual([]);
  });
});
