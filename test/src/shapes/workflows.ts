import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list =
  "/api/v2/projects/{projectKey}/flags/{featureFlagKey}/environments/{environmentKey}/workflows";
const templates = "/api/v2/templates";
const place = ["web-shop", "banner-text", "development"];
const stages = [
  {
    name: "On",
    conditions: [
      { kind: "ld-approval", description: "May we?" },
      {
        kind: "schedule",
        scheduleKind: "relative",
        waitDuration: 1,
        waitDurationUnit: "calendarDay",
      },
    ],
    action: { instructions: [{ kind: "turnFlagOn" }] },
  },
];

export const shapes: Shapes = async (exchange) => {
  const body = { name: "Shape", stages };
  const made = await exchange("post", list, { values: place, body, status: 201 });
  const { _id } = z.object({ _id: z.string() }).parse(made);
  await exchange("get", list, { values: place });
  await exchange("get", `${list}/{workflowId}`, { values: [...place, _id] });
  await exchange("post", templates, { body: { key: "shape", workflowId: _id }, status: 201 });
  await exchange("get", templates);
  await exchange("delete", `${templates}/{templateKey}`, { values: ["shape"], status: 204 });
  await exchange("delete", `${list}/{workflowId}`, { values: [...place, _id], status: 204 });
};
