import { SegmentsApi } from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const segments = new SegmentsApi(client.configuration);
const place = ["default", "test"] as const;

describe("the generated client", () => {
  it("makes a segment, puts members and a rule into it, and deletes it", async () => {
    await segments.postSegment(...place, { key: "beta", name: "Beta", tags: ["early"] });

    const { data: changed } = await segments.patchSegment(...place, "beta", {
      comment: "the first ones",
      patch: [
        { op: "add", path: "/included/-", value: "ada" },
        { op: "add", path: "/excluded/-", value: "bob" },
        {
          op: "add",
          path: "/rules/-",
          value: {
            clauses: [
              { attribute: "email", op: "endsWith", values: ["@example.com"], negate: false },
            ],
          },
        },
      ],
    });
    const { data: list } = await segments.getSegments(...place, 5, 0, "name", "tags:early");
    await segments.deleteSegment(...place, "beta");

    expect(changed).toMatchObject({ included: ["ada"], excluded: ["bob"] });
    expect(changed.rules.map(({ clauses }) => clauses.length)).toEqual([1]);
    expect(list.items.map(({ key }) => key)).toEqual(["beta"]);
    expect(await statusOfRefusal(segments.getSegment(...place, "beta"))).toBe(404);
  });
});
