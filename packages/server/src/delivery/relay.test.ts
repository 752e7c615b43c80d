import { afterAll, expect, it } from "vitest";
import { EventStream } from "../testing/event-stream.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const relays = "/api/v2/account/relay-auto-configs";
const path = "/api/v2/projects/default/environments/test";

function open(authorization: string): Promise<EventStream> {
  return EventStream.open(`${server.url}/relay_auto_config`, { headers: { authorization } });
}

it("tells a relay its environments, and a key that has been reset with the former one", async () => {
  const { fullKey } = (await server.ask("POST", relays, { name: "edge" })).json();
  const before = (await server.ask("GET", path)).json();
  await using stream = await open(fullKey);
  const first = await stream.next();
  const expiry = Date.now() + 60_000;

  await server.ask("POST", `${path}/apiKey?expiry=${expiry}`);
  const second = await stream.next();

  expect(first).toMatchObject({
    event: "put",
    data: {
      path: "/",
      data: {
        environments: {
          [before._id]: { envKey: "test", projKey: "default", sdkKey: { value: before.apiKey } },
        },
      },
    },
  });
  const after = (await server.ask("GET", path)).json();
  expect(second).toMatchObject({
    data: {
      data: {
        environments: {
          [before._id]: {
            sdkKey: {
              value: after.apiKey,
              expiring: { value: before.apiKey, timestamp: expiry },
            },
          },
        },
      },
    },
  });
});

it("opens to no other key, and not after it was deleted", async () => {
  const { _id, fullKey } = (await server.ask("POST", relays, { name: "gone" })).json();
  expect((await server.ask("DELETE", `${relays}/${_id}`)).statusCode).toBe(204);

  for (const key of [fullKey, "", "rel-unknown", TemporaryServer.ownerToken]) {
    await using stream = await open(key);
    expect(stream.status).toBe(401);
  }
});

it("tells a relay of an environment that is made, with how long to keep flags, and that it is deleted", async () => {
  const { fullKey } = (await server.ask("POST", relays, { name: "edge" })).json();
  await using stream = await open(fullKey);
  await stream.next();
  const environments = "/api/v2/projects/default/environments";

  const body = { key: "brief", name: "Brief", defaultTtl: 3 };
  const { _id } = (await server.ask("POST", environments, body)).json();
  const made = await stream.next();
  await server.ask("DELETE", `${environments}/brief`);
  const deleted = await stream.next();

  expect(made).toMatchObject({ data: { data: { environments: { [_id]: { defaultTtl: 3 } } } } });
  expect(deleted?.event).toBe("put");
  expect(JSON.stringify(deleted)).not.toContain(_id);
});
