import { compilePolicy, permits, type Statement } from "../access/policy.ts";
import type { ResourceStep } from "../access/resource.ts";
import { resourcesAt, type Step } from "../access/resource-facts.ts";
import { accessesOf, toLog } from "../audit/logged-change.ts";
import type { ChangeRule, RecordedChange } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import type { Db } from "../storage/database.ts";
import { changeMessageOf } from "./change-message.ts";
import { insertDeliveriesToAll, insertMessage } from "./delivery-queries.ts";
import { listStatementsOn, statementsOf } from "./subscription-queries.ts";

/**
 * Puts what is to be told of a change beside it, in the same transaction: either both are there or
 * none is, whatever happens next.
 */
export const enqueueMessages: ChangeRule = async (tx, change) => {
  const wanted: string[] = [];
  // Many may ask for the same.
  for (const statements of await listStatementsOn(tx))
    if (await isWanted(tx, change, statementsOf({ statements }))) wanted.push(statements);
  if (wanted.length === 0) return;
  const { at } = change;
  const message = {
    id: newId(),
    body: JSON.stringify(changeMessageOf(toLog(change))),
    created_at: at,
  };
  await insertMessage(tx, message);
  await insertDeliveriesToAll(tx, { statements: wanted, message_id: message.id, at });
};

/** A delivery that is to be sent as soon as those before it are. */
export function newDelivery({
  subscription_id,
  message_id,
  at,
}: {
  subscription_id: string;
  message_id: string;
  at: number;
}) {
  return {
    id: newId(),
    subscription_id,
    message_id,
    state: "pending" as const,
    attempts: 0,
    created_at: at,
    next_at: at,
    last_at: null,
    status: null,
    problem: null,
  };
}

/** Without statements every change is; with them what a role with these statements might have done. */
async function isWanted(
  db: Db,
  change: RecordedChange,
  statements: readonly Statement[],
): Promise<boolean> {
  if (statements.length === 0) return true;
  const policy = compilePolicy(statements);
  for (const { action, resource } of accessesOf(toLog(change))) {
    for (const steps of await resourcesAt(db, stepsOf(resource), policy.asksForFacts)) {
      if (permits(policy, action, withOwnTags(steps, change))) return true;
    }
  }
  return false;
}

function stepsOf(resource: string): readonly Step[] {
  return resource.split(":").map((step) => {
    const slash = step.indexOf("/");
    return slash < 0 ? [step, ""] : [step.slice(0, slash), step.slice(slash + 1)];
  });
}

/** What was deleted has its tags in the change only, and what lost a tag had it. */
function withOwnTags(
  steps: readonly ResourceStep[],
  { before, after }: RecordedChange,
): readonly ResourceStep[] {
  const own = [...tagsOf(before), ...tagsOf(after)];
  return steps.map((step, at) =>
    at === steps.length - 1 ? { ...step, tags: [...step.tags, ...own] } : step,
  );
}

function tagsOf(state: object | undefined): readonly string[] {
  return state !== undefined && "tags" in state && Array.isArray(state.tags)
    ? state.tags.map(String)
    : [];
}
