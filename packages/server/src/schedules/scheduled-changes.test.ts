import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-11-01T00:00:00Z");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

let flagKey = "";
let number = 0;
const turnOn = [{ kind: "turnFlagOn" }];
const pathOf = (key: string) =>
  `/api/v2/projects/default/flags/${key}/environments/production/scheduled-changes`;

beforeEach(async () => {
  number += 1;
  flagKey = `flag-${number}`;
  await server.ask("POST", "/api/v2/flags/default", { key: flagKey, name: flagKey });
});

const Flag = z.object({
  _version: z.int(),
  environments: z.object({ production: z.object({ on: z.boolean() }) }),
});
async function flag(): Promise<z.infer<typeof Flag>> {
  return Flag.parse((await server.ask("GET", `/api/v2/flags/default/${flagKey}`)).json());
}

const schedule = (body: object = {}, token?: string) =>
  server.ask(
    "POST",
    pathOf(flagKey),
    { executionDate: now + 60_000, instructions: turnOn, ...body },
    token,
  );
const idOf = (answer: { json(): unknown }) =>
  z.object({ _id: z.string() }).parse(answer.json())._id;

async function timePasses(): Promise<void> {
  now += 60_000;
  await server.running.runDueWork();
}

describe("a scheduled change", () => {
  it("is listed with those of the whole project, the next one first", async () => {
    const later = idOf(await schedule({ executionDate: now + 120_000 }));
    const sooner = idOf(
      await schedule({
        instructions: [{ kind: "updateTrackEvents", trackEvents: true }],
      }),
    );

    const list = await server.ask("GET", "/api/v2/projects/default/scheduled-changes");

    const Listed = z.object({
      items: z.array(
        z.object({ _id: z.string(), flagKey: z.string(), environmentKey: z.string() }),
      ),
    });
    const ours = Listed.parse(list.json()).items.filter((one) => one.flagKey === flagKey);
    expect(ours).toEqual([
      { _id: sooner, flagKey, environmentKey: "production" },
      { _id: later, flagKey, environmentKey: "production" },
    ]);
  });

  it("is made at its time, once, and not before", async () => {
    await schedule();

    await server.running.runDueWork();
    const before = await flag();
    await timePasses();
    const after = await flag();
    await server.ask("PATCH", `/api/v2/flags/default/${flagKey}`, {
      environmentKey: "production",
      instructions: [{ kind: "turnFlagOff" }],
    });
    await server.running.runDueWork();

    expect(before.environments.production.on).toBe(false);
    expect(after.environments.production.on).toBe(true);
    expect((await flag()).environments.production.on).toBe(false);
    expect((await server.ask("GET", pathOf(flagKey))).json()).toMatchObject({ totalCount: 0 });
  });

  it("takes any instruction, and is read, changed and deleted", async () => {
    const made = await schedule({ instructions: [{ kind: "updateName", value: "Later" }] });
    const path = `${pathOf(flagKey)}/${idOf(made)}`;

    const changed = await server.ask("PATCH", path, {
      instructions: [
        { kind: "updateScheduledChangesExecutionDate", value: now + 120_000 },
        { kind: "replaceScheduledChangesInstructions", value: turnOn },
      ],
    });
    const listed = await server.ask("GET", pathOf(flagKey));
    const deleted = await server.ask("DELETE", path);

    expect(made.statusCode).toBe(201);
    expect(changed.json()).toMatchObject({
      _version: 2,
      executionDate: now + 120_000,
      instructions: turnOn,
    });
    expect(listed.json().items).toEqual([changed.json()]);
    expect(deleted.statusCode).toBe(204);
    expect((await server.ask("GET", path)).statusCode).toBe(404);
  });

  it("is refused where it would not fit now, or is past", async () => {
    const unfit = await schedule({
      instructions: [{ kind: "removeVariation", variationId: "no" }],
    });
    const past = await schedule({ executionDate: now });

    expect([unfit.statusCode, past.statusCode]).toEqual([400, 400]);
  });

  it("is in the way of other changes of the same part, unless they say so", async () => {
    const id = idOf(await schedule());
    const path = `/api/v2/flags/default/${flagKey}`;
    const off = { environmentKey: "production", instructions: turnOn };

    const refused = await server.ask("PATCH", path, off);
    const second = await schedule();
    const elsewhere = await server.ask("PATCH", path, { ...off, environmentKey: "test" });
    const ignoring = await server.ask("PATCH", `${path}?ignoreConflicts=true`, off);

    expect(refused.statusCode).toBe(409);
    expect(refused.json().message).toContain(id);
    expect([second.statusCode, elsewhere.statusCode, ignoring.statusCode]).toEqual([409, 200, 200]);
  });

  it("says in the list and the log why it could not be made", async () => {
    const { token } = await newToken(server, { role: "writer" });
    const id = idOf(await schedule({}, token));
    const settings = "/api/v2/approval-requests/projects/default/settings";
    const about = { environmentKey: "production", resourceKind: "flag" };
    await server.ask("PATCH", settings, { ...about, required: true });
    const unscheduled = await schedule({}, token);

    await timePasses();

    await server.ask("PATCH", settings, { ...about, required: false });
    const shown = await server.ask("GET", `${pathOf(flagKey)}/${id}`);
    const logged = await server.running.db
      .selectFrom("change")
      .select("words")
      .where("key", "=", id)
      .orderBy("at", "desc")
      .executeTakeFirst();
    expect(unscheduled.statusCode).toBe(403);
    expect(shown.json().conflicts[0].reason).toContain("takes approved changes");
    expect(logged?.words).toContain("could not be made");
    expect((await flag()).environments.production.on).toBe(false);
  });

  it("is still made where the environment lets pending changes pass", async () => {
    const { token } = await newToken(server, { role: "writer" });
    await schedule({}, token);
    const settings = "/api/v2/approval-requests/projects/default/settings";
    const about = { environmentKey: "production", resourceKind: "flag" };
    const lenient = { required: true, bypassApprovalsForPendingChanges: true };
    await server.ask("PATCH", settings, { ...about, ...lenient });

    await timePasses();

    const off = { required: false, bypassApprovalsForPendingChanges: false };
    await server.ask("PATCH", settings, { ...about, ...off });
    expect((await flag()).environments.production.on).toBe(true);
  });

  it("needs the rights of who scheduled it, now and at its time", async () => {
    const inlineRole = [
      {
        effect: "allow",
        actions: ["updateScheduledChanges", "updateOn"],
        resources: ["proj/*:env/*:flag/*"],
      },
    ];
    const made = await newToken(server, { inlineRole });
    const foreign = await schedule({ instructions: [{ kind: "archiveFlag" }] }, made.token);
    const id = idOf(await schedule({}, made.token));
    await server.ask("DELETE", `/api/v2/tokens/${made._id}`);

    await timePasses();

    const shown = await server.ask("GET", `${pathOf(flagKey)}/${id}`);
    expect(foreign.statusCode).toBe(403);
    expect(shown.json().conflicts[0].reason).toContain("who is not here any more");
    expect((await flag()).environments.production.on).toBe(false);
  });
});
