import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";
import { makeFlag } from "./flags.ts";

const list =
  "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/scheduled-changes";
const one = `${list}/:id`;
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const resource = "proj/{projectKey}:env/*:flag/*";
const scheduling = { needs: "writing", action: "updateScheduledChanges", resource } as const;
/** Who may not turn a flag on may not schedule it, either. */
const turningOn = [{ action: "updateOn", resource }];
const later = { executionDate: Date.UTC(2100, 0), instructions: [{ kind: "turnFlagOn" }] };

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${list}` },
  { ...seen, route: "GET /api/v2/projects/:projectKey/scheduled-changes" },
  { ...seen, route: `GET ${one}`, make: schedule },
  {
    ...scheduling,
    route: `POST ${list}`,
    besides: turningOn,
    make: makeFlag,
    body: () => later,
  },
  {
    ...scheduling,
    route: `PATCH ${one}`,
    besides: turningOn,
    make: schedule,
    body: () => ({
      instructions: [
        { kind: "updateScheduledChangesExecutionDate", value: later.executionDate + 1 },
      ],
    }),
  },
  { ...scheduling, route: `DELETE ${one}`, make: schedule },
];

async function schedule(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { flagKey } = await makeFlag(askAsOwner, values);
  const path = `/api/v2/projects/${values["projectKey"]}/flags/${flagKey}/environments/test`;
  const made = await askAsOwner("POST", `${path}/scheduled-changes`, later);
  return { flagKey: String(flagKey), id: idOf(made) };
}
