import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Changes } from "../changes/changes.ts";
import { Feed } from "../changes/feed.ts";
import { seedDemo } from "../projects/demo.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

interface Exported {
  readonly project: object;
  readonly environments: readonly { readonly key: string; readonly name: string }[];
  readonly flags: readonly { readonly key: string }[];
}

async function exported(key: string): Promise<Exported> {
  const answer = await server.ask("GET", `/api/v2/projects/${key}/export`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

describe("an export of a project", () => {
  let original: Exported;

  beforeAll(async () => {
    const { db } = server.running;
    await seedDemo(new Changes({ db, feed: new Feed(), now: Date.now }));
    original = await exported("web-shop");
  });

  it("is taken by the import, and gives the same export again", async () => {
    const environments = original.environments.map(({ key, name }) => ({ key, name }));
    await server.ask("POST", "/api/v2/projects", { key: "copy", name: "Copy", environments });

    const report = await server.ask("POST", "/api/v2/projects/copy/import", {
      format: "halyard",
      documents: { project: original },
    });

    expect(report.json().refused).toEqual([]);
    const copy = await exported("copy");
    expect(copy.flags.length).toBeGreaterThan(3);
    expect(JSON.stringify({ ...copy, project: 0, environments: 0 })).toBe(
      JSON.stringify({ ...original, project: 0, environments: 0 }),
    );
  });

  it("holds no key of an environment", async () => {
    expect(JSON.stringify(original)).not.toMatch(/sdk-|mob-/u);
  });

  it("is refused where it makes no sense, part by part", async () => {
    const report = await server.ask("POST", "/api/v2/projects/default/import", {
      format: "halyard",
      documents: { project: { ...original, flags: [{ key: "broken" }], segments: [] } },
    });

    expect(report.json().refused).toMatchObject([
      { kind: "flag", key: "broken", why: expect.stringContaining("cannot be read at name") },
    ]);
  });
});
