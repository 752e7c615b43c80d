import { principalOfAuthor } from "../access/author.ts";
import { hashSecret } from "../access/password.ts";
import type { Changes } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { doDeferred } from "../deferred/deferred-changes.ts";
import { authorOf } from "../deferred/deferred-queries.ts";
import { DomainError } from "../errors.ts";
import { findProjectById } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { actionsOf, bodiesOf, findTrigger, saveTrigger, type Trigger } from "./trigger-queries.ts";

const keptBodies = 10;
/** What is longer is not kept; it is for people who wonder what called. */
const longestKeptBody = 8 * 1024;

export interface TriggerCall {
  readonly id: string;
  readonly secret: string;
  readonly body: unknown;
}

/** Does what a trigger is for, with the rights that its author has now. */
export async function pullTrigger(
  { db, changes }: { readonly db: Db; readonly changes: Changes },
  call: TriggerCall,
): Promise<void> {
  const known = withSecret(await findTrigger(db, call.id), call.secret);
  const at = changes.now;
  const principal = await principalOfAuthor(db, authorOf(known), at);
  await changes.write({ ...principal, actor: actorOf(known) }, async (tx, record) => {
    const trigger = withSecret(await findTrigger(tx, call.id), call.secret);
    if (trigger.enabled === 0) {
      throw new DomainError(
        "conflict",
        "the trigger is disabled; enable it in the flag's settings",
      );
    }
    const project = await findProjectById(tx, trigger.project_id);
    if (project === undefined) throw unknownTrigger();
    const comment = "its trigger was called";
    const patch = { instructions: actionsOf(trigger), comment };
    await doDeferred(tx, record, { project, place: trigger, principal, patch, at });
    await saveTrigger(tx, {
      ...trigger,
      last_triggered_at: at,
      trigger_count: trigger.trigger_count + 1,
      recent_bodies: withBody(trigger, call.body, at),
    });
  });
}

function withBody(trigger: Trigger, body: unknown, timestamp: number): string {
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const isKept = isObject && JSON.stringify(body).length <= longestKeptBody;
  const all = [{ timestamp, jsonBody: isKept ? body : {} }, ...bodiesOf(trigger)];
  return JSON.stringify(all.slice(0, keptBodies));
}

function withSecret(trigger: Trigger | undefined, secret: string): Trigger {
  if (trigger === undefined || trigger.hash !== hashSecret(secret)) throw unknownTrigger();
  return trigger;
}

/** The same for a wrong secret and for none, so that nobody learns which triggers there are. */
function unknownTrigger(): DomainError {
  return new DomainError("not_found", "no trigger has this address; it may have got a new one");
}

function actorOf(trigger: Trigger): Actor {
  return { kind: "trigger", id: trigger.id, name: `Trigger of ${authorOf(trigger).name}` };
}
