import { afterAll, describe, expect, it } from "vitest";
import { ada, DeliveryFixture, encoded } from "../testing/delivery-fixture.ts";
import { EventStream, type StreamEvent } from "../testing/event-stream.ts";

const fixture = await DeliveryFixture.start();
const { server, environment } = fixture;
afterAll(() => fixture[Symbol.asyncDispose]());

describe("the second generation", () => {
  const authorized = () => ({ headers: { authorization: environment.apiKey } });
  const names = (events: readonly { event: string }[]) => events.map(({ event }) => event);

  async function poll(basis?: string): Promise<{ event: string; data: Record<string, unknown> }[]> {
    const query = basis === undefined ? "" : `?basis=${basis}`;
    const answer = await fetch(`${server.url}/sdk/poll${query}`, authorized());
    const { events } = (await answer.json()) as { events: never[] };
    return events;
  }

  it("brings everything to a client without a basis, and commits it", async () => {
    const events = await poll();

    expect(events[0]).toMatchObject({
      event: "server-intent",
      data: { payloads: [{ intentCode: "xfer-full" }] },
    });
    expect(events[1]?.data).toMatchObject({ object: { key: expect.any(String) } });
    expect(events.at(-1)).toMatchObject({
      event: "payload-transferred",
      data: { state: expect.stringMatching(/^[0-9a-f]{32}:\d+$/u) },
    });
  });

  it("brings what is missed to a client with a basis, and nothing to one that is up to date", async () => {
    const basis = String((await poll()).at(-1)?.data["state"]);
    expect(await poll(basis)).toMatchObject([{ data: { payloads: [{ intentCode: "none" }] } }]);

    await fixture.instruct("both", { kind: "turnFlagOn" });
    await fixture.instruct("both", { kind: "turnFlagOff" });
    const missed = await poll(basis);

    expect(names(missed)).toEqual(["server-intent", "put-object", "payload-transferred"]);
    expect(missed[0]).toMatchObject({ data: { payloads: [{ intentCode: "xfer-changes" }] } });
  });

  it("streams each change as an intent, its objects and a commit", async () => {
    const basis = String((await poll()).at(-1)?.data["state"]);
    await using stream = await EventStream.open(
      `${server.url}/sdk/stream?basis=${basis}`,
      authorized(),
    );
    expect(await stream.next()).toMatchObject({ data: { payloads: [{ intentCode: "none" }] } });

    await server.ask("DELETE", "/api/v2/flags/default/servers");

    const said = [await stream.next(), await stream.next(), await stream.next()];
    expect(said).toMatchObject([
      { event: "server-intent" },
      { event: "delete-object", data: { kind: "flag", key: "servers" } },
      { event: "payload-transferred" },
    ]);
  });

  it("brings results to client-side SDKs, and nothing to one that has them", async () => {
    const url = `${server.url}/sdk/poll/eval/${encoded(ada)}?auth=${environment._id}`;
    const ask = async (basis = "") =>
      ((await (await fetch(`${url}&basis=${basis}`)).json()) as { events: StreamEvent[] }).events;

    const events = await ask();

    expect(events[0]).toMatchObject({ data: { payloads: [{ intentCode: "xfer-full" }] } });
    expect(events).toContainEqual({
      event: "put-object",
      data: expect.objectContaining({
        kind: "flag-eval",
        key: "both",
        object: { value: "new", variation: 1, flagVersion: expect.any(Number) },
      }),
    });
    const committed = events.at(-1)?.data;
    expect(committed).toMatchObject({ state: expect.any(String) });
    const { state } = committed as { state: string };
    expect(await ask(state)).toMatchObject([{ data: { payloads: [{ intentCode: "none" }] } }]);
  });

  it("streams to phones what changes for their context", async () => {
    await using stream = await EventStream.open(`${server.url}/sdk/stream/eval`, {
      method: "POST",
      headers: { authorization: environment.mobileKey, "content-type": "application/json" },
      body: JSON.stringify(ada),
    });
    let first = await stream.next();
    while (first?.event !== "payload-transferred") first = await stream.next();

    await fixture.instruct("phones", { kind: "turnFlagOn" });

    expect([await stream.next(), await stream.next(), await stream.next()]).toMatchObject([
      { event: "server-intent", data: { payloads: [{ intentCode: "xfer-changes" }] } },
      { event: "put-object", data: { kind: "flag-eval", key: "phones" } },
      { event: "payload-transferred" },
    ]);
  });
});
