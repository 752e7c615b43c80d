import { describe, expect, it } from "vitest";
import type { ConnectedSdk } from "../sdks/connected-sdk.ts";
import { endingOf, keyRows } from "./environment-key.ts";
import { usersOf } from "./key-users.ts";

const sdk: ConnectedSdk = {
  id: "1",
  name: "NodeJSClient",
  version: "9.1.0",
  environment: "test",
  address: "127.0.0.1",
  credential: "…abcd",
  since: 1,
  servedVersion: 1,
  lagMs: 0,
};

describe("who uses a key", () => {
  it("is told by app, the most instances first, and by SDK where there is no app", () => {
    const sdks = [
      sdk,
      { ...sdk, application: "checkout-api" },
      { ...sdk, application: "checkout-api" },
      { ...sdk, credential: "…ffff" },
      { ...sdk, environment: "production" },
    ];

    expect(usersOf("sdk-0abcd", "test", sdks)).toEqual([
      { name: "checkout-api", count: 2 },
      { name: "NodeJSClient 9.1.0", count: 1 },
    ]);
  });
});

describe("the keys of an environment", () => {
  it("are its own and the further ones, the newest of these first", () => {
    const own = { _id: "id", key: "test", name: "Test", critical: false };
    const asks = {
      requireComments: false,
      confirmChanges: false,
      approvalSettings: { required: false, requiredApprovalTags: [] },
    };
    const environment = { ...own, ...asks, apiKey: "sdk-1", mobileKey: "mob-1" };
    const further = [
      { key: "sdk-2", kind: "sdk", name: "billing", creationDate: 1 },
      { key: "sdk-3", kind: "sdk", name: "former key", creationDate: 2, expiresAt: 9 },
    ] as const;

    expect(keyRows(environment, further).map(({ kind, key }) => [kind, key])).toEqual([
      ["sdk", "sdk-1"],
      ["former", "sdk-3"],
      ["furtherSdk", "sdk-2"],
      ["mobile", "mob-1"],
      ["client", "id"],
    ]);
  });

  it("are shown by how they end", () => {
    expect(endingOf("sdk-0123456789abcdef")).toBe("sdk-…cdef");
  });
});
