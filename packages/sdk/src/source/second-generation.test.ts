import { describe, expect, it } from "vitest";
import type { Held, Told } from "./protocol.ts";
import { SecondGeneration } from "./second-generation.ts";

const nothingHeld: Held = { state: undefined, position: undefined };
const flag = { key: "checkout", version: 4, on: true };
const putObject = { kind: "flag", key: "checkout", version: 4, object: flag };
const intent = (intentCode: string) => ({ payloads: [{ id: "p", target: 4, intentCode }] });

/** What a stream of these events comes to, event by event. */
function told(...events: readonly (readonly [string, unknown])[]): readonly Told[] {
  const protocol = new SecondGeneration(undefined);
  return events.map(([name, data]) =>
    protocol.takeEvent({ name, data: JSON.stringify(data), id: undefined }),
  );
}

describe("SecondGeneration", () => {
  it("gathers objects and gives them when their transfer is complete", () => {
    const deleted = { kind: "segment", key: "staff", version: 5 };

    const all = told(
      ["server-intent", intent("xfer-full")],
      ["put-object", putObject],
      ["delete-object", deleted],
      ["payload-transferred", { state: "e:5", version: 5 }],
    );

    expect(all.map(({ kind }) => kind)).toEqual(["nothing", "nothing", "nothing", "whole"]);
    expect(all[3]).toEqual({
      kind: "whole",
      state: "e:5",
      items: [
        { kind: "flag", key: "checkout", body: flag },
        { kind: "segment", key: "staff", body: { key: "staff", version: 5, deleted: true } },
      ],
    });
  });

  it("takes every later round as what comes next, announced or not", () => {
    const all = told(
      ["server-intent", intent("none")],
      ["put-object", putObject],
      ["payload-transferred", { state: "e:6", version: 6 }],
    );

    expect(all[0]).toEqual({ kind: "current" });
    expect(all[2]).toMatchObject({ kind: "next", state: "e:6", items: [{ key: "checkout" }] });
  });

  it("drops what the server takes back", () => {
    const all = told(
      ["server-intent", intent("xfer-changes")],
      ["put-object", putObject],
      ["error", { payload_id: "p", reason: "lost a shard" }],
      ["payload-transferred", { state: "e:6", version: 6 }],
    );

    expect(all[3]).toEqual({ kind: "next", state: "e:6", items: [] });
  });

  it("drops what a lost connection left unfinished", () => {
    const protocol = new SecondGeneration(undefined);
    const say = (name: string, data: unknown): Told =>
      protocol.takeEvent({ name, data: JSON.stringify(data), id: undefined });
    say("server-intent", intent("xfer-full"));
    say("put-object", putObject);

    protocol.restart();

    expect(say("put-object", putObject)).toEqual({ kind: "nothing" });
    expect(() => say("payload-transferred", { state: "e:6" })).toThrow("not been announced");
  });

  it.each([
    ["an unknown event, unread", "weather", "{sunny"],
    ["a heartbeat", "heart-beat", "{}"],
    ["an object of an unknown kind", "put-object", '{"kind":"cat","key":"tom"}'],
  ])("passes over %s", (_, name, data) => {
    const protocol = new SecondGeneration(undefined);
    protocol.takeEvent({
      name: "server-intent",
      data: JSON.stringify(intent("xfer-full")),
      id: undefined,
    });

    expect(protocol.takeEvent({ name, data, id: undefined })).toEqual({ kind: "nothing" });
  });

  it.each([
    ["that is no JSON", "put-object", "{oops"],
    ["without a key", "put-object", '{"kind":"flag","version":1,"object":{"version":1}}'],
    ["whose object is none", "put-object", '{"kind":"flag","key":"a","version":1,"object":3}'],
    ["that announces nothing", "server-intent", "{}"],
  ])("refuses an event %s", (_, name, data) => {
    const protocol = new SecondGeneration(undefined);
    protocol.takeEvent({
      name: "server-intent",
      data: JSON.stringify(intent("xfer-full")),
      id: undefined,
    });

    expect(() => protocol.takeEvent({ name, data, id: undefined })).toThrow();
  });

  it("says that the server is leaving", () => {
    expect(told(["goodbye", { reason: "upgrade" }])).toEqual([{ kind: "goodbye" }]);
  });

  it("reads a polled answer as one transfer", () => {
    const protocol = new SecondGeneration(undefined);
    const events = [
      { event: "server-intent", data: intent("xfer-full") },
      { event: "put-object", data: putObject },
      { event: "payload-transferred", data: { state: "e:4", version: 4 } },
    ];

    expect(protocol.takePoll({ events })).toMatchObject({ kind: "whole", state: "e:4" });
    expect(
      protocol.takePoll({ events: [{ event: "server-intent", data: intent("none") }] }),
    ).toEqual({ kind: "current" });
  });

  it("asks for what came after the state that is held", () => {
    const protocol = new SecondGeneration("web only");

    expect(protocol.streamTarget(nothingHeld).path).toBe("/sdk/stream?filter=web+only");
    expect(protocol.pollTarget({ state: "e:4", position: undefined }).path).toBe(
      "/sdk/poll?filter=web+only&basis=e%3A4",
    );
  });
});
