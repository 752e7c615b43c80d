import { afterEach, beforeEach, expect, it } from "vitest";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

let server: ServerProcess;
let management: Management;
let sdkKey: string;

beforeEach(async () => {
  server = await ServerProcess.start();
  management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  await management.createFlag("shop", "checkout", ["new", "old"]);
  sdkKey = await management.sdkKey("shop", "production");
});

afterEach(() => server[Symbol.asyncDispose]());

/** Reads a stream until it has said `count` events, and gives them back. */
async function events(
  count: number,
  path = "/all",
  lastId?: string,
): Promise<{ event: string; id?: string; data: string }[]> {
  const leaving = new AbortController();
  const headers = {
    authorization: sdkKey,
    ...(lastId === undefined ? {} : { "last-event-id": lastId }),
  };
  const response = await fetch(server.url + path, { headers, signal: leaving.signal });
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.split("\n\n").filter((frame) => frame.startsWith("event:")).length >= count) break;
  }
  leaving.abort();
  const frames = text.split("\n\n").filter((frame) => frame.startsWith("event:"));
  return frames.map((frame) => {
    const {
      event = "",
      id,
      data = "",
    } = Object.fromEntries(frame.split("\n").map((line) => line.split(/: (.*)/su)));
    return { event, ...(id === undefined ? {} : { id }), data };
  });
}

const turn = (kind: "turnFlagOn" | "turnFlagOff") =>
  management.instruct("shop", "checkout", "production", [{ kind }]);

it("begins with everything, named by epoch and version", async () => {
  const [put] = await events(1);

  expect(put).toMatchObject({ event: "put", id: expect.stringMatching(/^[0-9a-f]{32}:1$/u) });
  expect(JSON.parse(put?.data ?? "")).toMatchObject({
    path: "/",
    data: { flags: { checkout: { version: 1 } }, segments: {} },
  });
});

it("gives a client that comes back what it missed, and nothing else", async () => {
  const [put] = await events(1);
  await turn("turnFlagOn");
  await turn("turnFlagOff");

  const [missed, ...more] = await events(1, "/all", put?.id);

  expect(missed).toMatchObject({ event: "patch", id: expect.stringMatching(/:3$/u) });
  expect(JSON.parse(missed?.data ?? "")).toMatchObject({ data: { on: false, version: 3 } });
  expect(more).toEqual([]);
});

it.each(["junk", "-1", "0123:2", "99999999999999999999", "a:b:c"])(
  "gives everything to a client that comes back with the id %j",
  async (lastId) => {
    const [first] = await events(1, "/all", lastId);

    expect(first?.event).toBe("put");
  },
);

it("writes nothing, and moves no version, where a change changes nothing", async () => {
  await turn("turnFlagOff");
  await management.instruct("shop", "checkout", "production", [
    { kind: "updateName", value: "Another name" },
  ]);

  const [put] = await events(1);

  expect(put?.id).toMatch(/:1$/u);
});

it("serves the older stream of flags alone", async () => {
  const [put] = await events(1, "/flags");

  expect(JSON.parse(put?.data ?? "")).toMatchObject({ checkout: { key: "checkout" } });
});

it("answers a poll with 304 where nothing has changed since", async () => {
  const poll = (etag?: string) =>
    fetch(`${server.url}/sdk/latest-all`, {
      headers: { authorization: sdkKey, ...(etag === undefined ? {} : { "if-none-match": etag }) },
    });
  const first = await poll();
  const etag = first.headers.get("etag") ?? "";

  expect((await poll(etag)).status).toBe(304);
  await turn("turnFlagOn");
  expect((await poll(etag)).status).toBe(200);
});

it("says good-bye to a deleted flag with a version above its own", async () => {
  const [put] = await events(1);
  await management.ask("DELETE", "/api/v2/flags/shop/checkout");

  const [gone] = await events(1, "/all", put?.id);

  expect(gone?.event).toBe("delete");
  expect(JSON.parse(gone?.data ?? "")).toEqual({ path: "/flags/checkout", version: 2 });
});
