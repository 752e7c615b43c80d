import { afterAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());
const path = "/api/v2/account/instance";

describe("the instance", () => {
  it("tells its version, its store and what is in it", async () => {
    const before = (await server.ask("GET", path)).json();
    await server.ask("POST", "/api/v2/flags/default", { key: "new", name: "New" });

    const after = (await server.ask("GET", path)).json();

    expect(after).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/u),
      database: { engine: "SQLite", version: expect.stringMatching(/^3\./u) },
      counts: { flags: before.counts.flags + 1 },
    });
    expect(after.database.sizeBytes).toBeGreaterThan(after.database.freeBytes);
    expect(after.newestChange).toBeGreaterThan(before.newestChange);
  });

  it("tells nothing to who only reads, and no path of the machine to anybody", async () => {
    const { token } = await newToken(server, { role: "reader" });

    const refused = await server.running.app.inject({
      url: path,
      headers: { authorization: token },
    });

    expect(refused.statusCode).toBe(403);
    expect((await server.ask("GET", path)).body).not.toMatch(/"\//u);
  });
});
