import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const hour = 3_600_000;
let now = Date.parse("2026-11-01T00:00:00Z");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());
const grace = await newMember(server, { email: "grace@example.com", role: "writer" });

let flagKey = "";
let number = 0;
const pathOf = (key: string) =>
  `/api/v2/projects/default/flags/${key}/environments/production/workflows`;

beforeEach(async () => {
  number += 1;
  flagKey = `flag-${number}`;
  await server.ask("POST", "/api/v2/flags/default", { key: flagKey, name: flagKey });
});

async function isOn(): Promise<boolean> {
  const { environments } = (await server.ask("GET", `/api/v2/flags/default/${flagKey}`)).json();
  return z.boolean().parse(environments.production.on);
}

async function passes(ms: number): Promise<void> {
  now += ms;
  await server.running.runDueWork();
}

const approval = { kind: "ld-approval", description: "May we?" };
const wait = (hours: number) => ({
  kind: "schedule",
  scheduleKind: "relative",
  waitDuration: hours,
  waitDurationUnit: "calendarHour",
});
const turning = (kind: string, ...conditions: object[]) => ({
  name: kind,
  conditions,
  action: { instructions: [{ kind }] },
});
const begin = (stages: object[], token?: string, query = "") =>
  server.ask("POST", pathOf(flagKey) + query, { name: "Roll out", stages }, token);
const Shown = z.object({
  _id: z.string(),
  _execution: z.object({ status: z.string() }),
  stages: z.array(
    z.object({
      _execution: z.object({ status: z.string() }),
      conditions: z.array(z.object({ approvalRequestId: z.string().optional() })),
    }),
  ),
});
const shown = async (id: string) =>
  Shown.parse((await server.ask("GET", `${pathOf(flagKey)}/${id}`)).json());

async function approve(workflowId: string): Promise<void> {
  const { stages } = await shown(workflowId);
  const id = stages.flatMap(({ conditions }) => conditions.map((one) => one.approvalRequestId))[0];
  const url = `/api/v2/approval-requests/${id}/reviews`;
  expect((await server.askAs(grace, "POST", url, { kind: "approve" })).statusCode).toBe(200);
}

describe("a workflow", () => {
  it("goes from stage to stage: approved, waited, turned on, waited, turned off", async () => {
    const made = Shown.parse(
      (
        await begin([turning("turnFlagOn", approval, wait(1)), turning("turnFlagOff", wait(2))])
      ).json(),
    );

    const seen: (boolean | string)[] = [];
    await passes(5 * hour);
    seen.push(await isOn());
    await approve(made._id);
    await passes(0);
    seen.push(await isOn());
    await passes(hour);
    seen.push(await isOn());
    await passes(hour);
    seen.push(await isOn());
    await passes(hour);
    seen.push(await isOn(), (await shown(made._id))._execution.status);

    expect(seen).toEqual([false, false, true, true, false, "completed"]);
  });

  it("carries an approved stage out in an environment that requires approval", async () => {
    const settings = "/api/v2/approval-requests/projects/default/settings";
    const about = { environmentKey: "production", resourceKind: "flag" };
    await server.ask("PATCH", settings, { ...about, required: true });
    const { token } = await newToken(server, { role: "writer" });

    const unapproved = await begin([turning("turnFlagOn", wait(1))], token);
    const made = Shown.parse((await begin([turning("turnFlagOn", approval)], token)).json());
    await passes(0);
    const before = await isOn();
    await approve(made._id);
    await passes(0);

    await server.ask("PATCH", settings, { ...about, required: false });
    expect(unapproved.statusCode).toBe(403);
    expect([before, await isOn()]).toEqual([false, true]);
  });

  it("stops where a stage cannot be done, and says why", async () => {
    const made = Shown.parse((await begin([turning("turnFlagOn", wait(1))])).json());
    await passes(0);
    await server.ask("DELETE", `/api/v2/flags/default/${flagKey}`);
    await server.running.runDueWork();
    await passes(hour);

    await server.ask("POST", "/api/v2/flags/default", { key: flagKey, name: flagKey });
    const answer = await server.ask("GET", `${pathOf(flagKey)}/${made._id}`);
    expect(answer.json()).toMatchObject({ _execution: { status: "failed" } });
    expect(answer.json()._conflicts[0].message).toContain(`no flag "${flagKey}"`);
  });

  it("is tried without being kept, listed, and ended with what it asked for", async () => {
    await begin([turning("turnFlagOn", approval)], undefined, "?dryRun=true");
    const dry = await server.ask("GET", pathOf(flagKey));
    const made = Shown.parse((await begin([turning("turnFlagOn", approval)])).json());
    await passes(0);
    const { stages } = await shown(made._id);
    const request = stages[0]?.conditions[0]?.approvalRequestId;

    const ended = await server.ask("DELETE", `${pathOf(flagKey)}/${made._id}`);

    expect(dry.json()).toMatchObject({ totalCount: 0 });
    expect(ended.statusCode).toBe(204);
    expect((await server.ask("GET", `/api/v2/approval-requests/${request}`)).statusCode).toBe(404);
  });

  it("is refused where a condition could never be met", async () => {
    const timeless = await begin([turning("turnFlagOn", { kind: "schedule" })]);
    const nothing = await begin([{ conditions: [approval] }]);

    expect([timeless.statusCode, nothing.statusCode]).toEqual([400, 400]);
  });
});

describe("a workflow template", () => {
  it("is made of stages or of a workflow, begins workflows, and is deleted", async () => {
    const templates = "/api/v2/templates";
    const workflow = Shown.parse((await begin([turning("turnFlagOn", wait(1))])).json());

    const made = await server.ask("POST", templates, { key: "careful", workflowId: workflow._id });
    const again = await server.ask("POST", templates, { key: "careful", workflowId: workflow._id });
    const begun = await server.ask("POST", `${pathOf(flagKey)}?templateKey=careful`, { name: "B" });
    const listed = await server.ask("GET", `${templates}?search=CARE&summary=1`);
    const gone = await server.ask("DELETE", `${templates}/careful`);

    expect([made.statusCode, again.statusCode, gone.statusCode]).toEqual([201, 409, 204]);
    expect(begun.json()).toMatchObject({
      templateKey: "careful",
      stages: [{ action: { instructions: [{ kind: "turnFlagOn" }] } }],
    });
    expect(listed.json()).toMatchObject({ totalCount: 1, items: [{ _key: "careful" }] });
    expect(listed.json().items[0]).not.toHaveProperty("stages");
  });
});

it("lists the workflows of all flags of a project, the newest first", async () => {
  const later = { kind: "schedule", executionDate: now + hour };
  now += 1;
  const first = Shown.parse((await begin([turning("turnFlagOn", later)])).json());
  const other = `other-${number}`;
  await server.ask("POST", "/api/v2/flags/default", { key: other, name: other });
  now += 1;
  const body = { name: "Second", stages: [turning("turnFlagOn", later)] };
  await server.ask("POST", pathOf(other), body);

  const { items } = (await server.ask("GET", "/api/v2/projects/default/workflows?limit=2")).json();

  expect(items).toMatchObject([
    { name: "Second", flagKey: other, environmentKey: "production" },
    { _id: first._id, flagKey, environmentKey: "production" },
  ]);
});
