import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { newMember } from "../testing/accounts.ts";
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

const only = (resource: string) => [{ effect: "allow", actions: ["*"], resources: [resource] }];
const keysIn = (event: { readonly data: unknown } | undefined) =>
  Object.values(
    z
      .object({
        data: z.object({ environments: z.record(z.string(), z.object({ envKey: z.string() })) }),
      })
      .parse(event?.data).data.environments,
  ).map(({ envKey }) => envKey);

it("tells a relay the environments of its policy only, and hears at once of another policy", async () => {
  const body = { name: "narrow", policy: only("proj/default:env/test") };
  const { _id, fullKey } = (await server.ask("POST", relays, body)).json();
  await using stream = await open(fullKey);
  const first = await stream.next();

  const replace = { op: "replace", path: "/policy", value: only("proj/*:env/production") };
  const changed = await server.ask("PATCH", `${relays}/${_id}`, { patch: [replace] });
  const second = await stream.next();

  expect(keysIn(first)).toEqual(["test"]);
  expect(changed.json()).toMatchObject({ name: "narrow", policy: replace.value });
  expect(keysIn(second)).toEqual(["production"]);
});

it("reads properties of environments in a policy", async () => {
  await server.ask("PATCH", "/api/v2/projects/default/environments/production", [
    { op: "replace", path: "/critical", value: true },
  ]);
  const policy = only("proj/*:env/*;{critical:true}");
  const { fullKey } = (await server.ask("POST", relays, { name: "critical", policy })).json();

  await using stream = await open(fullKey);

  expect(keysIn(await stream.next())).toEqual(["production"]);
});

it("takes the key from before a reset until its time is over", async () => {
  let now = Date.now();
  await using moving = await TemporaryServer.start({ now: () => now });
  const made = (await moving.ask("POST", relays, { name: "edge" })).json();
  const reset = `${relays}/${made._id}/reset`;
  const statusFor = async (authorization: string) => {
    await using stream = await EventStream.open(`${moving.url}/relay_auto_config`, {
      headers: { authorization },
    });
    return stream.status;
  };

  const graceful = (await moving.ask("POST", `${reset}?expiry=${now + 1_000}`)).json();
  const within = [await statusFor(made.fullKey), await statusFor(graceful.fullKey)];
  now += 1_000;
  const afterwards = [await statusFor(made.fullKey), await statusFor(graceful.fullKey)];
  const sudden = (await moving.ask("POST", reset)).json();

  expect(graceful.fullKey).not.toBe(made.fullKey);
  expect(within).toEqual([200, 200]);
  expect(afterwards).toEqual([401, 200]);
  expect(await statusFor(graceful.fullKey)).toBe(401);
  expect(await statusFor(sudden.fullKey)).toBe(200);
});

it("ends the stream of a relay whose configuration is deleted", async () => {
  const { _id, fullKey } = (await server.ask("POST", relays, { name: "short" })).json();
  await using stream = await open(fullKey);
  await stream.next();

  await server.ask("DELETE", `${relays}/${_id}`);

  expect(await stream.next()).toBeUndefined();
});

it("refuses a policy that cannot be read, and shows who made a configuration", async () => {
  const wrong = await server.ask("POST", relays, { name: "odd", policy: only("all of it") });
  const ada = await newMember(server, { email: "ada@example.com", role: "admin" });
  const made = (await server.askAs(ada, "POST", relays, { name: "by Ada" })).json();
  const shown = (await server.ask("GET", `${relays}/${made._id}`)).json();

  expect(wrong.statusCode).toBe(400);
  expect(wrong.json().message).toContain("write KIND/KEY");
  expect(shown).toMatchObject({ name: "by Ada", _creator: { email: "ada@example.com" } });
  expect(shown.fullKey).toBeUndefined();
  expect(made.fullKey.endsWith(shown.displayKey)).toBe(true);
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
