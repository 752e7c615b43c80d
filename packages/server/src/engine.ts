import { LastUse } from "./access/last-use.ts";
import { refuseUnapproved } from "./approvals/approval-guard.ts";
import { applyDueRequests } from "./approvals/due-approvals.ts";
import { indexChange, indexOldChanges } from "./audit/audit-index.ts";
import { makeDueCheckpoint } from "./audit/checkpoint-work.ts";
import { openSigningKey, type SigningKey } from "./audit/signing-key.ts";
import { checkTails } from "./changes/change-log.ts";
import { Changes } from "./changes/changes.ts";
import { Feed } from "./changes/feed.ts";
import { ContextRetention } from "./contexts/context-retention.ts";
import { SeenKinds } from "./contexts/seen-kinds.ts";
import { Delivery } from "./delivery/delivery.ts";
import { requireComments } from "./environments/comment-rule.ts";
import { EventIntake } from "./events/event-intake.ts";
import { removeExpiredTargets } from "./flags/target-expiry.ts";
import { WriteAttempts } from "./http/write-attempts.ts";
import { Outbound } from "./outbound/outbound.ts";
import { makeScheduledChanges } from "./schedules/due-schedules.ts";
import { type DueWork, DueWorker } from "./schedules/due-work.ts";
import { BigSegmentJobs } from "./segments/big-segment-jobs.ts";
import { BigSegmentMirror } from "./segments/big-segment-mirror.ts";
import { removeExpiredSegmentTargets } from "./segments/segment-expiry.ts";
import type { Settings } from "./settings.ts";
import { type Db, openDatabase, type Tx } from "./storage/database.ts";
import { Deliverer } from "./webhooks/deliverer.ts";
import { enqueueMessages } from "./webhooks/enqueue.ts";
import { advanceWorkflows } from "./workflows/workflow-progress.ts";

/** What a server is made of, besides its doors. */
export interface Engine {
  readonly db: Db;
  readonly feed: Feed;
  readonly changes: Changes;
  readonly attempts: WriteAttempts;
  readonly delivery: Delivery;
  readonly intake: EventIntake;
  readonly lastUse: LastUse;
  readonly signingKey: SigningKey;
  readonly jobs: BigSegmentJobs;
  readonly outbound: Outbound;
  readonly deliverer: Deliverer;
  readonly now: () => number;
}

type OnError = (error: unknown) => void;

/** Opens the store and all that lives on it; throws where the store is damaged. */
export async function openEngine(
  settings: Settings,
  now: () => number,
  onError: OnError,
): Promise<Engine> {
  const db = await openDatabase(settings.dataFolder);
  await checkTails(db).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const feed = new Feed();
  const delivery = new Delivery({ db, feed, now });
  const intake = new EventIntake(settings.dataFolder);
  await indexOldChanges(db);
  const signingKey = openSigningKey(settings.dataFolder);
  const rules = [requireComments, refuseUnapproved, indexChange, enqueueMessages];
  const attempts = new WriteAttempts(now);
  const alongside = (tx: Tx) => attempts.mark(tx);
  const changes = new Changes({ db, feed, now, rules, alongside });
  const jobs = new BigSegmentJobs({ db, changes, feed, folder: settings.dataFolder });
  await jobs.dropLeftovers();
  const outbound = new Outbound(settings.outboundAllow);
  const deliverer = new Deliverer({ db, changes, outbound, onError });
  const lastUse = new LastUse(changes);
  const kept = { db, feed, changes, attempts, delivery, intake, lastUse, signingKey };
  return { ...kept, jobs, outbound, deliverer, now };
}

/** Whatever a running server does by itself. */
export interface Works {
  /** Does at once what is due. */
  runDue(): Promise<void>;
  close(): Promise<void>;
}

export function startWorks(engine: Engine, settings: Settings, onError: OnError): Works {
  const { db, feed, jobs, deliverer } = engine;
  const worker = new DueWorker(dueWorksOf(engine), onError);
  // Beside the other due work: what takes minutes must not hold up what is due at a moment.
  const jobWorker = new DueWorker(
    [{ name: "importing and exporting big segments", run: () => jobs.runDue() }],
    onError,
  );
  const { redisUrl } = settings;
  const mirror =
    redisUrl === undefined ? undefined : new BigSegmentMirror({ db, feed, url: redisUrl, onError });
  return {
    runDue: async () => {
      await worker.runDue();
      await deliverer.sendDue();
      await jobWorker.runDue();
    },
    close: async () => {
      await worker.close();
      await deliverer.close();
      jobs.close();
      await jobWorker.close();
      await mirror?.close();
    },
  };
}

function dueWorksOf(engine: Engine): readonly DueWork[] {
  const { db, feed, changes, intake, lastUse, signingKey, now } = engine;
  const retention = new ContextRetention({ db, intake, now });
  const seenKinds = new SeenKinds({ db, changes, intake });
  return [
    { name: "taking expired targets off", run: () => removeExpiredTargets(db, changes) },
    {
      name: "taking expired targets of segments off",
      run: () => removeExpiredSegmentTargets({ db, changes, feed }),
    },
    { name: "applying approved changes", run: () => applyDueRequests(db, changes) },
    { name: "making scheduled changes", run: () => makeScheduledChanges(db, changes) },
    { name: "taking workflows further", run: () => advanceWorkflows(db, changes) },
    { name: "signing the audit log", run: () => makeDueCheckpoint(db, changes, signingKey) },
    { name: "writing when things were used", run: () => lastUse.writeDue() },
    { name: "forgetting contexts", run: () => retention.runDue() },
    { name: "noting kinds of contexts", run: () => seenKinds.runDue() },
  ];
}
