import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";

const list = "/api/v2/flags/:projectKey/:flagKey/triggers/:environmentKey";
const one = `${list}/:id`;
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const resource = "proj/{projectKey}:env/*:flag/*";
const writing = { needs: "writing", resource } as const;
/** Who may not turn a flag on may not leave it to a trigger, either. */
const turningOn = [{ action: "updateOn", resource }];
const trigger = { integrationKey: "generic-trigger", instructions: [{ kind: "turnFlagOn" }] };

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${list}` },
  { ...seen, route: `GET ${one}`, make: makeTrigger },
  {
    ...writing,
    route: `POST ${list}`,
    action: "createTriggers",
    besides: turningOn,
    body: () => trigger,
  },
  {
    ...writing,
    route: `PATCH ${one}`,
    action: "updateTriggers",
    besides: turningOn,
    make: makeTrigger,
    body: () => ({ instructions: [{ kind: "cycleTriggerUrl" }] }),
  },
  { ...writing, route: `DELETE ${one}`, action: "deleteTriggers", make: makeTrigger },
];

async function makeTrigger(askAsOwner: AskAsOwner, { projectKey }: Values): Promise<Values> {
  const path = `/api/v2/flags/${projectKey}/standing/triggers/test`;
  return { id: idOf(await askAsOwner("POST", path, trigger)) };
}
