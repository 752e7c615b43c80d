import { afterAll, expect, it } from "vitest";
import { DeliveryFixture, path } from "../testing/delivery-fixture.ts";
import { EventStream } from "../testing/event-stream.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const fixture = await DeliveryFixture.start();
const { server } = fixture;
afterAll(() => fixture[Symbol.asyncDispose]());

it("tells how far a change has got", async () => {
  const { apiKey } = (await server.ask("GET", path.replace("/test", "/production"))).json();
  const headers = {
    authorization: apiKey,
    "user-agent": "NodeJSClient/9.0.0",
    "x-launchdarkly-tags": "application-id/shop",
    "x-launchdarkly-instance-id": "one",
  };
  await using stream = await EventStream.open(`${server.url}/all`, { headers });
  await stream.next();

  const found = (
    await server.ask("GET", `${path.replace("/test", "/production")}/connections`)
  ).json();

  expect(found).toMatchObject({
    totalCount: 1,
    currentCount: 1,
    summary: `1 of 1 connection is on version ${found.version}`,
    items: [
      {
        sdk: "NodeJSClient/9.0.0",
        tags: "application-id/shop",
        instanceId: "one",
        version: found.version,
        isCurrent: true,
      },
    ],
  });
  expect(JSON.stringify(found)).not.toContain(apiKey);
});

it("lets its streams go when it is asked to stop, and admits no more", async () => {
  await using stopping = await TemporaryServer.start();
  const { apiKey } = (await stopping.ask("GET", path)).json();
  const headers = { authorization: apiKey };
  const streams = await Promise.all(
    Array.from({ length: 5 }, () => EventStream.open(`${stopping.url}/all`, { headers })),
  );
  await Promise.all(streams.map((stream) => stream.next()));

  await stopping.running.drain();

  const ends = await Promise.all(streams.map((stream) => stream.next()));
  expect(ends).toEqual(streams.map(() => undefined));
  expect((await fetch(`${stopping.url}/readyz`)).status).toBe(503);
  const refused = await fetch(`${stopping.url}/all`, { headers });
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([503, true]);
  expect((await stopping.ask("GET", path)).statusCode).toBe(200);
});
