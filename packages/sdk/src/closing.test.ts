import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import {
  document,
  flag,
  ScriptedService,
  status,
  streams,
  transfer,
} from "../test/scripted-service.ts";

const run = promisify(execFile);
const script = path.join(import.meta.dirname, "../test/open-and-close.ts");

describe("a client that was closed", () => {
  it.each([
    ["stream", 1_000],
    ["poll", 250],
  ])("leaves no socket and no timer, however often (%s, %i times)", async (way, cycles) => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
      "/sdk/latest-all": document({ flags: { checkout: flag(3, "new") }, segments: {} }),
      "/bulk": status(202),
    });

    const { stdout } = await run(process.execPath, [script, service.url, way, String(cycles)]);

    const { opened, left } = JSON.parse(stdout);
    // The ruler itself: each cycle has a socket for flags and one for events, and timers for both.
    expect(opened.sockets).toBeGreaterThanOrEqual(2 * cycles);
    expect(opened.timers).toBeGreaterThanOrEqual(2 * cycles);
    expect(left).toEqual({ sockets: 0, timers: 0 });
    expect(await service.connections()).toBe(0);
  });
});
