import { afterAll, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-01-01");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

let count = 0;

/** A segment that lists ada and an organization. */
async function newSegment(): Promise<string> {
  count += 1;
  const key = `segment-${count}`;
  await server.ask("POST", "/api/v2/segments/default/test", { key, name: "Segment" });
  const instructions = [
    { kind: "addIncludedUsers", values: ["ada"] },
    { kind: "addExcludedTargets", contextKind: "org", values: ["acme"] },
  ];
  const patch = await server.ask("PATCH", `/api/v2/segments/default/test/${key}`, { instructions });
  expect(patch.statusCode).toBe(200);
  return key;
}

const path = (key: string, name = "expiring-targets") =>
  `/api/v2/segments/default/${key}/${name}/test`;
const ada = { contextKind: "user", contextKey: "ada", targetType: "included" };
const acme = { contextKind: "org", contextKey: "acme", targetType: "excluded" };

it("targets leave a segment when their time has come, as a change in the log", async () => {
  const key = await newSegment();
  const answer = await server.ask("PATCH", path(key), {
    instructions: [
      { kind: "addExpiringTarget", ...ada, value: now + 1000 },
      { kind: "addExpiringTarget", ...acme, value: now + 5000 },
    ],
  });
  expect(answer.json()).toMatchObject({ totalInstructions: 2, failedInstructions: 0 });

  now += 1000;
  await server.running.runDueWork();

  const segment = (await server.ask("GET", `/api/v2/segments/default/test/${key}`)).json();
  expect(segment).toMatchObject({ included: [], excludedContexts: [{ values: ["acme"] }] });
  expect((await server.ask("GET", path(key))).json().items).toMatchObject([acme]);
  const [last] = await server.running.db
    .selectFrom("change")
    .select(["actor", "comment"])
    .where("key", "=", key)
    .orderBy("at", "desc")
    .limit(1)
    .execute();
  expect(last?.comment).toBe("their time has come");
  expect(last?.actor).toContain("clock");
});

it("users of a segment are said to end in the older words, too", async () => {
  const key = await newSegment();
  const url = path(key, "expiring-user-targets");
  const user = { userKey: "ada", targetType: "included" };

  await server.ask("PATCH", url, {
    instructions: [{ kind: "addExpireUserTargetDate", ...user, value: now + 1000 }],
  });
  await server.ask("PATCH", url, {
    instructions: [{ kind: "updateExpireUserTargetDate", ...user, value: now + 2000 }],
  });

  expect((await server.ask("GET", url)).json().items).toMatchObject([
    { ...user, expirationDate: now + 2000, _resourceId: { kind: "segment", key } },
  ]);
  const removal = { instructions: [{ kind: "removeExpireUserTargetDate", ...user }] };
  expect((await server.ask("PATCH", url, removal)).json().items).toEqual([]);
});

it("who leaves a segment before does not leave again when added anew", async () => {
  const key = await newSegment();
  const segment = `/api/v2/segments/default/test/${key}`;
  await server.ask("PATCH", path(key), {
    instructions: [{ kind: "addExpiringTarget", ...ada, value: now + 1000 }],
  });
  for (const kind of ["removeIncludedUsers", "addIncludedUsers"]) {
    await server.ask("PATCH", segment, { instructions: [{ kind, values: ["ada"] }] });
  }

  now += 1000;
  await server.running.runDueWork();

  expect((await server.ask("GET", segment)).json().included).toEqual(["ada"]);
});

it.each([
  [{ kind: "addExpiringTarget", ...ada }, 400, "value is missing"],
  [{ kind: "addExpiringTarget", ...ada, contextKey: "eve", value: 1 }, 400, "add it first"],
  [{ kind: "updateExpiringTarget", ...ada, value: 1 }, 400, "use addExpiringTarget"],
  [{ kind: "removeExpiringTarget", ...ada, version: 1 }, 409, "read it again"],
])("%j is refused with the reason", async (instruction, status, words) => {
  const answer = await server.ask("PATCH", path(await newSegment()), {
    instructions: [instruction],
  });

  expect(answer.statusCode).toBe(status);
  expect(answer.json().message).toContain(words);
});

it("an expiry asks for a right of its own", async () => {
  const key = await newSegment();
  const statement = {
    effect: "allow",
    actions: ["updateIncluded", "updateExcluded", "viewProject"],
    resources: ["proj/*", "proj/*:env/*:segment/*"],
  };
  const { token } = await newToken(server, { inlineRole: [statement] });
  const body = { instructions: [{ kind: "addExpiringTarget", ...ada, value: now + 1 }] };

  const answer = await server.ask("PATCH", path(key), body, token);

  expect(answer.statusCode).toBe(403);
  expect(answer.json().message).toContain("updateExpiringTargets");
});
