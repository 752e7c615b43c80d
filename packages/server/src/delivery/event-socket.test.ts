import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { DeliveryFixture } from "../testing/delivery-fixture.ts";

const fixture = await DeliveryFixture.start();
afterAll(() => fixture[Symbol.asyncDispose]());

function streamRequest(version: "1.0" | "1.1"): string {
  const { apiKey } = fixture.environment;
  return `GET /all HTTP/${version}\r\nhost: halyard\r\nauthorization: ${apiKey}\r\n\r\n`;
}

/** A connection on which a stream has begun, with all that it says. */
async function openSocket(version: "1.0" | "1.1"): Promise<{ socket: Socket; said: () => string }> {
  const socket = connect(Number(new URL(fixture.url).port), "127.0.0.1");
  let text = "";
  socket.on("data", (bytes: Buffer) => {
    text += bytes.toString();
  });
  socket.write(streamRequest(version));
  while (!text.includes("event: put")) await once(socket, "data");
  return { socket, said: () => text };
}

describe("a connection that asks for more while its stream runs", () => {
  afterEach(async () => {
    expect((await fetch(`${fixture.url}/healthz`)).status).toBe(200);
  });

  it.each([
    "GET /healthz HTTP/1.1\r\nhost: halyard\r\n\r\n",
    "GET /healthz HTTP/1.1\r\n\r\n",
    "GET /%zz HTTP/1.1\r\nhost: halyard\r\n\r\n",
    "POST /bulk HTTP/1.1\r\nhost: halyard\r\nexpect: wonders\r\n\r\n",
    "no HTTP at all",
  ])("is cut, and no answer is mixed into the stream: %j", async (more) => {
    const { socket, said } = await openSocket("1.1");

    socket.write(more);
    await once(socket, "close");

    expect(said().match(/HTTP\/1\.1 /gu)).toHaveLength(1);
  });

  it("is cut where it asked for two streams at once", async () => {
    const socket = connect(Number(new URL(fixture.url).port), "127.0.0.1");
    socket.resume();

    socket.write(streamRequest("1.1").repeat(2));

    await once(socket, "close");
  });
});

it("sends chunks to those who know them, and bare events to a proxy of HTTP/1.0", async () => {
  const newer = await openSocket("1.1");
  const older = await openSocket("1.0");

  expect(newer.said()).toMatch(/transfer-encoding: chunked\r\n[\s\S]*\r\n\r\n3\r\n:\n\n\r\n/iu);
  expect(older.said()).not.toMatch(/transfer-encoding/iu);
  expect(older.said()).toMatch(/connection: close\r\n[\s\S]*\r\n\r\n:\n\nevent: put\n/iu);
  newer.socket.destroy();
  older.socket.destroy();
});
