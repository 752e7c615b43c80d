import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { type RunningServer, startServer } from "../server.ts";
import { parseSettings } from "../settings.ts";

const token = "api-the-owner-of-this-server";
let now = Date.parse("2026-11-01T00:00:00Z");
const base = await mkdtemp(path.join(tmpdir(), "halyard-"));
afterAll(() => rm(base, { recursive: true, force: true }));

async function start(folder: string): Promise<RunningServer> {
  const settings = parseSettings({
    HALYARD_DATA: folder,
    HALYARD_BOOTSTRAP_TOKEN: token,
    HALYARD_DRAIN_SECONDS: "0.1",
    HALYARD_RATE_LIMIT: "0",
    HALYARD_LOG_LEVEL: "silent",
  });
  return startServer({ ...settings, host: "127.0.0.1", port: 0 }, () => now);
}

/** What a kill at this moment would leave: the files as they lie, the lock of the dead process too. */
async function killed(folder: string, as: string): Promise<string> {
  const image = path.join(base, as);
  await cp(folder, image, { recursive: true, filter: (file) => !file.endsWith("halyard.lock") });
  return image;
}

type Method = "GET" | "POST" | "PATCH";

async function ask(server: RunningServer, method: Method, url: string, payload?: object) {
  const options = { method, url, headers: { authorization: token } };
  const answer = await server.app.inject(payload === undefined ? options : { ...options, payload });
  expect([url, answer.statusCode < 300, answer.body]).toEqual([url, true, answer.body]);
  return answer;
}

const keys = ["scheduled", "approved", "triggered", "expiring"] as const;
const workflow = (key: string, what: string) =>
  `/api/v2/projects/default/flags/${key}/environments/production/${what}`;
const flagsPath = "/api/v2/flags/default";
const instructions = [{ kind: "turnFlagOn" }];
const Flag = z.object({
  _version: z.int(),
  variations: z.array(z.object({ _id: z.string() })),
  environments: z.object({
    production: z.object({ on: z.boolean(), targets: z.array(z.object({})) }),
  }),
});

async function flagsOf(server: RunningServer) {
  return Promise.all(
    keys.map(async (key) => {
      const flag = Flag.parse((await ask(server, "GET", `${flagsPath}/${key}`)).json());
      const { on, targets } = flag.environments.production;
      return { key, on, targets: targets.length, version: flag._version };
    }),
  );
}

/** Sets everything up that is done at a time, and gives the address of the trigger. */
async function prepare(server: RunningServer, at: number): Promise<string> {
  for (const key of keys) await ask(server, "POST", flagsPath, { key, name: key });
  await ask(server, "POST", workflow("scheduled", "scheduled-changes"), {
    executionDate: at,
    instructions,
  });
  await ask(server, "PATCH", "/api/v2/approval-requests/projects/default/settings", {
    environmentKey: "production",
    resourceKind: "flag",
    canReviewOwnRequest: true,
  });
  await approve(server, at);
  const made = await ask(server, "POST", `${flagsPath}/triggered/triggers/production`, {
    integrationKey: "generic-trigger",
    instructions,
  });
  const flag = Flag.parse((await ask(server, "GET", `${flagsPath}/expiring`)).json());
  const variationId = flag.variations[0]?._id;
  await ask(server, "PATCH", `${flagsPath}/expiring`, {
    environmentKey: "production",
    instructions: [
      { kind: "addTargets", variationId, values: ["ada"] },
      { kind: "addExpiringTarget", variationId, contextKey: "ada", value: at },
    ],
  });
  return new URL(z.object({ triggerURL: z.string() }).parse(made.json()).triggerURL).pathname;
}

/** A request is approved by a member: the bootstrap token is nobody. */
async function approve(server: RunningServer, at: number): Promise<void> {
  const invited = await ask(server, "POST", "/api/v2/members", [
    { email: "ada@example.com", role: "writer" },
  ]);
  const invitation = /"invitation":"\/invite\/([^"]+)"/u.exec(invited.body)?.[1];
  const accepted = await server.app.inject({
    method: "POST",
    url: "/api/invitation",
    payload: { token: invitation, password: "correct horse battery" },
  });
  const cookie = String(accepted.headers["set-cookie"]).split(";")[0] ?? "";
  const made = await ask(server, "POST", workflow("approved", "approval-requests"), {
    description: "At its time",
    executionDate: at,
    instructions,
  });
  const { _id: id } = z.object({ _id: z.string() }).parse(made.json());
  const reviewed = await server.app.inject({
    method: "POST",
    url: `/api/v2/approval-requests/${id}/reviews`,
    headers: { cookie, "sec-fetch-site": "same-origin" },
    payload: { kind: "approve" },
  });
  expect(reviewed.statusCode).toBe(200);
  await ask(server, "POST", `/api/v2/approval-requests/${id}/apply`, {});
}

it("does what was to be done once, wherever the server is killed in between", async () => {
  const at = now + 60_000;
  const first = await start(path.join(base, "first"));
  const trigger = await prepare(first, at);
  const waiting = await flagsOf(first);
  const before = await killed(path.join(base, "first"), "before");
  await first.close();

  now = at;
  const second = await start(before);
  await second.runDueWork();
  const called = await second.app.inject({ method: "POST", url: trigger, payload: {} });
  const done = await flagsOf(second);
  const after = await killed(before, "after");
  await second.close();

  now = at + 60_000;
  const third = await start(after);
  await third.runDueWork();
  const still = await flagsOf(third);
  await third.close();

  expect(called.statusCode).toBe(200);
  expect(waiting.map(({ on, targets }) => [on, targets])).toEqual([
    [false, 0],
    [false, 0],
    [false, 0],
    [false, 1],
  ]);
  expect(done.map(({ on, targets }) => [on, targets])).toEqual([
    [true, 0],
    [true, 0],
    [true, 0],
    [false, 0],
  ]);
  // Not even an attempt at doing it again leaves a trace.
  expect(still).toEqual(done);
});
