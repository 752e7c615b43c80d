import { afterAll, expect, it } from "vitest";
import { Changes } from "../changes/changes.ts";
import { Feed } from "../changes/feed.ts";
import { getProject } from "../projects/project-queries.ts";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { noteKindsSeen } from "./context-kind-changes.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/projects/default/context-kinds";

interface Kind {
  readonly key: string;
  readonly version: number;
  readonly createdFrom: string;
  readonly lastSeen?: number;
}

async function kind(key: string): Promise<Kind | undefined> {
  const { items }: { items: readonly Kind[] } = (await server.ask("GET", path)).json();
  return items.find((one) => one.key === key);
}

it("begins with users", async () => {
  expect(await kind("user")).toMatchObject({ name: "User", createdFrom: "default", version: 1 });
});

it("is made, and then changed where something is said of it", async () => {
  const organisation = { name: "Organisation", description: "Who pays" };
  const made = await server.ask("PUT", `${path}/org`, organisation);
  await server.ask("PUT", `${path}/org`, { name: "Customer", hideInTargeting: true });

  expect(made.json()).toMatchObject({ status: "success" });
  expect(await kind("org")).toMatchObject({
    name: "Customer",
    description: "Who pays",
    hideInTargeting: true,
    archived: false,
    createdFrom: "manual",
    version: 2,
  });
});

it("stays at its version where nothing changes, and writes nothing", async () => {
  await server.ask("PUT", `${path}/device`, { name: "Device" });
  await server.ask("PUT", `${path}/device`, { name: "Device" });

  const rows = await server.running.db
    .selectFrom("change")
    .select(["words", "before", "after"])
    .where("kind", "=", "context-kind")
    .where("key", "=", "device")
    .execute();
  expect(rows).toMatchObject([{ words: '["Create the context kind Device"]', before: null }]);
  expect((await kind("device"))?.version).toBe(1);
});

it("refuses a change that was decided on another version", async () => {
  await server.ask("PUT", `${path}/shop`, { name: "Shop" });
  await server.ask("PUT", `${path}/shop`, { name: "Store", version: 1 });

  const stale = await server.ask("PUT", `${path}/shop`, { name: "Market", version: 1 });

  expect(stale.statusCode).toBe(409);
  expect(stale.json().code).toBe("optimistic_locking_error");
  expect(await kind("shop")).toMatchObject({ name: "Store", version: 2 });
});

it.each(["kind", "multi", "a b"])("cannot be called %s", async (key) => {
  const answer = await server.ask("PUT", `${path}/${encodeURIComponent(key)}`, { name: "No" });

  expect(answer.statusCode).toBe(400);
});

it("is made and changed by different rights", async () => {
  const allowed = (actions: readonly string[]) => ({ effect: "allow", actions, resources: ["*"] });
  const { token } = await newToken(server, {
    inlineRole: [allowed(["viewProject", "updateContextKind"])],
  });

  const making = await server.ask("PUT", `${path}/till`, { name: "Till" }, token);
  const changing = await server.ask("PUT", `${path}/user`, { name: "Person" }, token);

  expect([making, changing].map((one) => one.statusCode)).toEqual([403, 200]);
});

it("is added when it is seen, and remembers by the minute when it was last seen", async () => {
  const { db } = server.running;
  let now = 1_000_000;
  const changes = new Changes({ db, feed: new Feed(), now: () => now });
  const project = await getProject(db, "default");
  const see = (...kinds: readonly string[]) => noteKindsSeen({ db, changes }, { project, kinds });

  await see("robot", "kind", "user");
  expect(await kind("robot")).toMatchObject({ createdFrom: "auto-add", lastSeen: 1_000_000 });
  expect(await kind("user")).toMatchObject({ createdFrom: "default", lastSeen: 1_000_000 });
  expect(await kind("kind")).toBeUndefined();

  now += 59_999;
  await see("robot");
  expect((await kind("robot"))?.lastSeen).toBe(1_000_000);
  now += 1;
  await see("robot");
  expect(await kind("robot")).toMatchObject({ lastSeen: 1_060_000, version: 1 });
});
