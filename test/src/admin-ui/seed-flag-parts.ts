import type { Management } from "../management.ts";

const flag = "/api/v2/flags/web-shop/search-ranking";
const repositories = "/api/v2/code-refs/repositories";
const semanticPatch = "application/json; domain-model=launchdarkly.semanticpatch";

/** What the flag `search-ranking` has beside its targeting: facts, a trigger, places in code. */
export async function seedFlagParts(management: Management): Promise<void> {
  const instructions = [
    {
      kind: "replaceCustomProperties",
      key: "ticket",
      name: "Ticket",
      values: ["SHOP-142", "SHOP-197"],
    },
  ];
  await management.ask("PATCH", flag, { instructions }, semanticPatch);
  await management.ask("POST", `${flag}/triggers/production`, {
    integrationKey: "grafana",
    instructions: [{ kind: "turnFlagOff" }],
  });
  await management.ask("POST", repositories, {
    name: "shop",
    type: "github",
    sourceLink: "https://github.com/acme/shop",
  });
  const hunk = (startingLineNumber: number, lines: string) => ({
    projKey: "web-shop",
    flagKey: "search-ranking",
    startingLineNumber,
    lines,
    aliases: ["searchRanking"],
  });
  await management.ask("PUT", `${repositories}/shop/branches/main`, {
    name: "main",
    head: "8f4e21c0b7d35a9e6612f08a4cc1d97be3304f5a",
    syncTime: Date.now() - 3_600_000,
    references: [
      {
        path: "src/search/ranking.ts",
        hunks: [
          hunk(
            12,
            'export async function rank(hits: Hit[], user: User) {\n  const model = flags.variation("search-ranking", context(user), "popularity");\n  return order(hits, model);\n}\n',
          ),
        ],
      },
      {
        path: "src/search/ranking.test.ts",
        hunks: [hunk(8, 'const flags = testFlags({ "search-ranking": "semantic" });\n')],
      },
    ],
  });
  await management.ask("POST", `${repositories}/shop/branches/main/extinction-events`, [
    {
      revision: "1b9d6bcd4e0f2a7788d1f9c05be1a7d2c3e4f506",
      message: "Take the old ranking switch out of the app",
      time: Date.now() - 9 * 86_400_000,
      flagKey: "search-ranking",
      projKey: "web-shop",
    },
  ]);
}
