import { afterAll, describe, expect, it } from "vitest";
import { runScenario } from "./run-scenario.ts";
import type { Outcome } from "./scenario.ts";
import { ServerSession } from "./server-session.ts";
import type { Session } from "./session.ts";
import { SpecServer } from "./spec-server.ts";

const server = await SpecServer.start();

afterAll(() => server[Symbol.asyncDispose]());

async function run(lines: readonly string[], alter: Partial<Session> = {}): Promise<Outcome> {
  const steps = lines.map((text) => ({ text, rows: [] }));
  const session = Object.assign(await ServerSession.begin(server), alter);
  return runScenario({ feature: "ours", name: "ours", tags: [], steps }, session);
}

const evaluated = [
  "a stable provider",
  'a String-flag with key "string-flag" and a fallback value "none"',
  "the flag was evaluated with details",
];

describe("runScenario", () => {
  it("passes what the provider answers for the real server's flags", async () => {
    const wanted = [
      'the resolved details value should be "hi"',
      'the variant should be "greeting"',
      'the reason should be "STATIC"',
    ];

    expect(await run([...evaluated, ...wanted])).toEqual({ kind: "passed" });
  });

  it("fails at the first step that is not so, and says which", async () => {
    const step = 'the reason should be "SPLIT"';

    expect(await run([...evaluated, step])).toEqual({
      kind: "failed",
      reason: `${step}: the reason is "STATIC", not "SPLIT"`,
    });
  });

  it("fails at a step that nobody defined", async () => {
    expect(await run(["a provider of wonders"])).toEqual({
      kind: "failed",
      reason: "no step is defined for: a provider of wonders",
    });
  });

  it("skips what does not exist where it runs, and says why", async () => {
    const step = 'A context entry with key "a" and value "b" is added to the "Client" level';

    expect(await run(["a stable provider", step], { levels: ["API"] })).toEqual({
      kind: "skipped",
      reason: 'no context of level "Client" where the context is static',
    });
  });
});
