import type { Shapes } from "../rest-exchange.ts";

const path = "/api/v2/code-refs";
const list = `${path}/repositories`;
const one = `${list}/{repo}`;
const branch = `${one}/branches/{branch}`;

export const shapes: Shapes = async (exchange) => {
  const repository = { name: "shape", type: "github", sourceLink: "https://github.com/a/shape" };
  await exchange("post", list, { body: repository });
  const values = ["shape"];
  const hunk = { startingLineNumber: 1, lines: "x", projKey: "web-shop", flagKey: "new-checkout" };
  const references = [{ path: "a.ts", hunks: [{ ...hunk, aliases: ["newCheckout"] }] }];
  const scan = { name: "main", head: "abc", syncTime: 1, updateSequenceId: 1, commitTime: 1 };
  const main = [...values, "main"];
  await exchange("put", branch, { values: main, body: { ...scan, references } });
  const gone = { revision: "abc", message: "Remove", time: 1, flagKey: "old", projKey: "web-shop" };
  await exchange("post", `${branch}/extinction-events`, { values: main, body: [gone] });
  await exchange("get", list, { query: "?withReferencesForDefaultBranch=true" });
  await exchange("get", one, { values });
  await exchange("get", `${one}/branches`, { values });
  await exchange("get", branch, { values: main });
  await exchange("get", `${path}/statistics`);
  await exchange("get", `${path}/statistics/{projectKey}`, { values: ["web-shop"] });
  await exchange("get", `${path}/extinctions`);
  await exchange("patch", one, {
    values,
    body: [{ op: "replace", path: "/defaultBranch", value: "trunk" }],
  });
  await exchange("post", `${one}/branch-delete-tasks`, { values, body: ["main"] });
  await exchange("delete", one, { values, status: 204 });
};
