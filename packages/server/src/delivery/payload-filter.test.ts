import { afterAll, beforeAll, expect, it } from "vitest";
import { EventStream } from "../testing/event-stream.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const filters = "/api/v2/projects/default/payload-filters";
let headers: { authorization: string };
const ids = new Map<string, string>();

beforeAll(async () => {
  const path = "/api/v2/projects/default/environments/test";
  headers = { authorization: (await server.ask("GET", path)).json().apiKey };
  for (const key of ["web-one", "web-two", "other", "base"]) {
    const flag = { key, name: key };
    const { variations } = (await server.ask("POST", "/api/v2/flags/default", flag)).json();
    ids.set(key, variations[0]._id);
  }
  const filter = { key: "web", name: "Web", flagKeys: ["web-*"] };
  expect((await server.ask("POST", filters, filter)).statusCode).toBe(201);
});

async function instruct(flag: string, instruction: object): Promise<void> {
  const patch = { environmentKey: "test", instructions: [instruction] };
  await server.ask("PATCH", `/api/v2/flags/default/${flag}`, patch);
}

async function polled(): Promise<string[]> {
  const answer = await fetch(`${server.url}/sdk/latest-all?filter=web`, { headers });
  return Object.keys(((await answer.json()) as { flags: object }).flags).sort();
}

it("lets the flags through that it names, and what they come to require", async () => {
  expect(await polled()).toEqual(["web-one", "web-two"]);
  await using stream = await EventStream.open(`${server.url}/all?filter=web`, { headers });
  await stream.next();

  await instruct("other", { kind: "turnFlagOn" });
  await instruct("web-one", {
    kind: "addPrerequisite",
    key: "base",
    variationId: ids.get("base"),
  });

  const heard = [await stream.next(), await stream.next()];
  expect(heard).toMatchObject([
    { event: "patch", data: { path: "/flags/base" } },
    { event: "patch", data: { path: "/flags/web-one" } },
  ]);
  expect(await polled()).toEqual(["base", "web-one", "web-two"]);
  await instruct("web-one", { kind: "removePrerequisite", key: "base" });
  expect([await stream.next(), await stream.next()]).toMatchObject([
    { event: "patch", data: { path: "/flags/web-one" } },
    { event: "delete", data: { path: "/flags/base" } },
  ]);
});

it("goes on where a client was, also past changes that it does not let through", async () => {
  const first = await EventStream.open(`${server.url}/all?filter=web`, { headers });
  const { id = "" } = (await first.next()) ?? {};
  await first[Symbol.asyncDispose]();
  await instruct("other", { kind: "turnFlagOff" });
  await instruct("web-two", { kind: "turnFlagOn" });

  await using again = await EventStream.open(`${server.url}/all?filter=web`, {
    headers: { ...headers, "last-event-id": id },
  });

  expect(await again.next()).toMatchObject({ event: "patch", data: { path: "/flags/web-two" } });
});

it("is refused where there is none of that key, and ends streams when it is deleted", async () => {
  const short = { key: "short", name: "Short", flagKeys: ["other"] };
  await server.ask("POST", filters, short);
  await using stream = await EventStream.open(`${server.url}/sdk/stream?filter=short`, { headers });
  expect(await stream.next()).toMatchObject({ event: "server-intent" });

  expect((await server.ask("DELETE", `${filters}/short`)).statusCode).toBe(204);

  let last = await stream.next();
  while (last !== undefined && last.event !== "goodbye") last = await stream.next();
  expect(last).toMatchObject({ event: "goodbye" });
  expect((await fetch(`${server.url}/sdk/poll?filter=short`, { headers })).status).toBe(404);
});
