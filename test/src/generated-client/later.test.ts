import {
  FeatureFlagsApi,
  FlagTriggersApi,
  ScheduledChangesApi,
  WorkflowsApi,
  WorkflowTemplatesApi,
} from "launchdarkly-api-typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const hourMs = 3_600_000;
let now = Date.parse("2026-11-01T00:00:00Z");
const client = await GeneratedClient.start(() => now);
afterAll(() => client[Symbol.asyncDispose]());
const flags = new FeatureFlagsApi(client.configuration);
const instructions = [{ kind: "turnFlagOn" }];

beforeAll(async () => {
  for (const key of ["scheduled", "triggered", "staged"])
    await flags.postFeatureFlag("default", { key, name: key });
});

async function isOn(key: string): Promise<boolean | undefined> {
  const { data } = await flags.getFeatureFlag("default", key);
  return data.environments?.["test"]?.on;
}

describe("the generated client", () => {
  it("schedules changes, which come when they are due", async () => {
    const schedules = new ScheduledChangesApi(client.configuration);
    const place = ["default", "scheduled", "test"] as const;
    const body = { executionDate: now + hourMs, instructions };
    const { data: made } = await schedules.postFlagConfigScheduledChanges(...place, body);
    const one = [...place, made._id] as const;
    const delay = [{ kind: "updateScheduledChangesExecutionDate", value: now + 2 * hourMs }];

    const { data: delayed } = await schedules.patchFlagConfigScheduledChange(...one, {
      comment: "not yet",
      instructions: delay,
    });
    const { data: read } = await schedules.getFeatureFlagScheduledChange(...one);
    const { data: list } = await schedules.getFlagConfigScheduledChanges(...place);
    now += hourMs;
    await client.runDueWork();
    const early = await isOn("scheduled");
    now += hourMs;
    await client.runDueWork();

    expect([delayed, read]).toMatchObject(Array(2).fill({ executionDate: now, instructions }));
    expect(list.items.map(({ _id }) => _id)).toEqual([made._id]);
    expect([early, await isOn("scheduled")]).toEqual([false, true]);
  });

  it("takes a scheduled change back", async () => {
    const schedules = new ScheduledChangesApi(client.configuration);
    const place = ["default", "scheduled", "production"] as const;
    const body = { executionDate: now + hourMs, instructions };
    const { data: made } = await schedules.postFlagConfigScheduledChanges(...place, body);
    await schedules.deleteFlagConfigScheduledChanges(...place, made._id);

    const reading = schedules.getFeatureFlagScheduledChange(...place, made._id);
    expect(await statusOfRefusal(reading)).toBe(404);
  });

  it("makes a trigger, which turns the flag on when it is called", async () => {
    const triggers = new FlagTriggersApi(client.configuration);
    const place = ["default", "test", "triggered"] as const;
    const body = { integrationKey: "generic-trigger", instructions };
    const { data: made } = await triggers.createTriggerWorkflow(...place, body);
    const id = String(made._id);

    const called = await fetch(String(made.triggerURL), { method: "POST" });
    const { data: read } = await triggers.getTriggerWorkflowById(
      "default",
      "triggered",
      "test",
      id,
    );
    const cycle = { instructions: [{ kind: "cycleTriggerUrl" }] };
    const { data: cycled } = await triggers.patchTriggerWorkflow(...place, id, cycle);
    const { data: list } = await triggers.getTriggerWorkflows(...place);
    await triggers.deleteTriggerWorkflow(...place, id);

    expect([called.status, await isOn("triggered")]).toEqual([200, true]);
    expect(read).toMatchObject({ _triggerCount: 1, enabled: true, _lastTriggeredAt: now });
    expect(cycled.triggerURL).not.toBe(made.triggerURL);
    expect(list.items?.map(({ _id }) => _id)).toEqual([id]);
    expect((await triggers.getTriggerWorkflows(...place)).data.items).toEqual([]);
  });

  it("makes a workflow from a template, which goes on by itself", async () => {
    const templates = new WorkflowTemplatesApi(client.configuration);
    const workflows = new WorkflowsApi(client.configuration);
    const place = ["default", "staged", "test"] as const;
    const waiting = {
      kind: "schedule",
      scheduleKind: "relative",
      waitDuration: 1,
      waitDurationUnit: "calendarHour",
    };
    const stages = [{ name: "On", conditions: [waiting], action: { instructions } }];
    await templates.createWorkflowTemplate({ key: "hourly", name: "Hourly", stages });

    const { data: made } = await workflows.postWorkflow(...place, { name: "Go" }, "hourly");
    await client.runDueWork();
    const early = await isOn("staged");
    now += hourMs;
    await client.runDueWork();
    const { data: read } = await workflows.getCustomWorkflow(...place, made._id);
    const { data: list } = await workflows.getWorkflows(...place, "completed");
    await workflows.deleteWorkflow(...place, made._id);
    const { data: known } = await templates.getWorkflowTemplates();
    await templates.deleteWorkflowTemplate("hourly");

    expect([early, await isOn("staged")]).toEqual([false, true]);
    expect(read.stages).toMatchObject([{ name: "On", _execution: { status: "completed" } }]);
    expect(list.items.map(({ _id }) => _id)).toEqual([made._id]);
    expect(known.items.map(({ _key }) => _key)).toEqual(["hourly"]);
    expect((await workflows.getWorkflows(...place)).data.items).toEqual([]);
  });
});
