import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const scheduled =
  "/api/v2/projects/{projectKey}/flags/{featureFlagKey}/environments/{environmentKey}/scheduled-changes";
const triggers = "/api/v2/flags/{projectKey}/{featureFlagKey}/triggers/{environmentKey}";
const place = ["web-shop", "limits", "staging"];
const instructions = [{ kind: "turnFlagOn" }];
const later = Date.parse("2100-01-01T00:00:00Z");

export const shapes: Shapes = async (exchange) => {
  const body = { executionDate: later, instructions };
  const made = await exchange("post", scheduled, { values: place, body, status: 201 });
  const values = [...place, idOf(made)];
  await exchange("get", scheduled, { values: place });
  await exchange("get", `${scheduled}/{id}`, { values });
  const delay = [{ kind: "updateScheduledChangesExecutionDate", value: later + 1 }];
  await exchange("patch", `${scheduled}/{id}`, { values, body: { instructions: delay } });
  await exchange("delete", `${scheduled}/{id}`, { values, status: 204 });

  const trigger = { integrationKey: "generic-trigger", instructions };
  const answer = await exchange("post", triggers, { values: place, body: trigger, status: 201 });
  const ofTrigger = [...place, idOf(answer)];
  await exchange("get", triggers, { values: place });
  await exchange("get", `${triggers}/{id}`, { values: ofTrigger });
  const cycle = { instructions: [{ kind: "cycleTriggerUrl" }] };
  await exchange("patch", `${triggers}/{id}`, { values: ofTrigger, body: cycle });
  await exchange("delete", `${triggers}/{id}`, { values: ofTrigger, status: 204 });
};

function idOf(body: unknown): string {
  return z.object({ _id: z.string() }).parse(body)._id;
}
