import { connect } from "node:net";
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

it("costs a client that missed one change of a thousand flags little", async () => {
  const flags = Array.from({ length: 1000 }, (_, index) => ({
    key: `flag-${index}`,
    variations: [{ value: "old" }, { value: "new" }],
    environments: {
      production: {
        on: true,
        salt: `salt-${index}`,
        rules: [],
        fallthrough: { variation: 0 },
        offVariation: 1,
      },
    },
  }));
  await management.import("shop", { format: "launchdarkly", documents: { flags } });
  const [put] = await events(1);
  await management.instruct("shop", "flag-7", "production", [{ kind: "turnFlagOff" }]);

  const wire = await bytesUntil("event: patch", {
    authorization: sdkKey,
    "last-event-id": put?.id ?? "",
  });

  const all = await fetch(`${server.url}/sdk/latest-all`, { headers: { authorization: sdkKey } });
  expect((await all.text()).length).toBeGreaterThan(300_000);
  expect(wire).toContain("/flags/flag-7");
  expect(wire.length).toBeLessThanOrEqual(2000);
});

/** Everything that comes over the wire, head and all, until an event has come whole. */
function bytesUntil(event: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = Object.entries({ host: "127.0.0.1", ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const socket = connect(server.port, "127.0.0.1", () =>
      socket.write(`GET /all HTTP/1.1\r\n${head}\r\n`),
    );
    let text = "";
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      text += bytes.toString();
      const isWhole = text.includes(event) && text.endsWith("\n\n\r\n");
      if (!isWhole) return;
      socket.destroy();
      resolve(text);
    });
  });
}

it("tells a client that stopped reading once, later, what it missed", async () => {
  const flips = 80;
  await management.createFlag("shop", "large", ["a".repeat(100_000), "b".repeat(100_000)]);
  const socket = connect(server.port, "127.0.0.1", () =>
    socket.write(`GET /all HTTP/1.1\r\nhost: localhost\r\nauthorization: ${sdkKey}\r\n\r\n`),
  );
  let text = "";
  const heard = (what: string) =>
    new Promise<void>((resolve) => {
      const look = (bytes: Buffer) => {
        text += bytes.toString();
        if (!text.includes(what)) return;
        socket.off("data", look);
        resolve();
      };
      socket.on("data", look);
    });
  await heard("event: put");
  socket.pause();

  for (let flip = 1; flip <= flips; flip += 1) {
    const kind = flip % 2 === 1 ? "turnFlagOn" : "turnFlagOff";
    await management.instruct("shop", "large", "production", [{ kind }]);
  }
  await turn("turnFlagOn");
  const last = heard(`:${flips + 3}\n`);
  socket.resume();
  await last;

  const patches = text.split("event: patch").length - 1;
  expect(patches).toBeLessThan(flips);
  socket.destroy();
});
