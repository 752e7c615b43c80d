import { expect, it } from "vitest";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

it("shows a flag in the words of the REST API", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const management = new Management(server.url);
  const property = { kind: "addCustomProperties", key: "team", name: "Team", values: ["web"] };
  await management.instruct("web-shop", "checkout", "production", [property]);

  const flag = await management.ask("GET", "/api/v2/flags/web-shop/checkout?env=production");

  expect(flag).toMatchObject({
    key: "checkout",
    kind: "multivariate",
    customProperties: { team: { name: "Team", value: ["web"] } },
    defaults: { onVariation: 0, offVariation: 0 },
    environments: {
      production: {
        on: true,
        fallthrough: { variation: 0 },
        offVariation: 0,
        rules: [
          {
            description: "Beta testers",
            variation: 1,
            clauses: [{ attribute: "plan", op: "in" }, { op: "segmentMatch" }],
          },
          {
            rollout: {
              contextKind: "user",
              variations: [{ variation: 1, weight: 25_000 }, { variation: 0 }, { variation: 2 }],
            },
          },
        ],
      },
    },
  });
});

it("says why a context gets what it gets, in the words of the REST API", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const path = "/api/v2/projects/web-shop/environments/production/flags/evaluate";

  const { items } = (await new Management(server.url).ask("POST", path, {
    kind: "user",
    key: "ada",
    plan: "pro",
  })) as {
    items: { key: string }[];
  };

  expect(items.find(({ key }) => key === "checkout")).toMatchObject({
    _value: "new",
    reason: { kind: "RULE_MATCH", ruleIndex: 0, ruleID: expect.any(String) },
  });
});
