import type { ContractCase } from "../suite/contract-case.ts";
import { allFlagsCases } from "./all-flags.ts";
import { bigSegmentCases } from "./big-segments.ts";
import { clientSideCases } from "./client-side.ts";
import { connectionCases } from "./connection.ts";
import { contextCases } from "./contexts.ts";
import { evaluationCases } from "./evaluation.ts";
import { eventContextCases } from "./event-contexts.ts";
import { eventDeliveryCases } from "./event-delivery.ts";
import { eventCases } from "./events.ts";
import { headerCases } from "./headers.ts";
import { hookCases } from "./hooks.ts";
import { listenerCases } from "./listeners.ts";
import { migrationCases } from "./migrations.ts";
import { persistentStoreCases } from "./persistent-store.ts";
import { pollingCases } from "./polling.ts";
import { secondGenerationCases } from "./second-generation.ts";
import { streamingCases } from "./streaming.ts";

/** Every case there is. */
export const allCases: readonly ContractCase[] = [
  ...evaluationCases(),
  ...clientSideCases,
  ...allFlagsCases,
  ...streamingCases,
  ...pollingCases,
  ...secondGenerationCases,
  ...eventCases,
  ...eventContextCases,
  ...eventDeliveryCases,
  ...connectionCases,
  ...persistentStoreCases,

  ...bigSegmentCases,
  ...contextCases,
  ...headerCases,
  ...hookCases,
  ...listenerCases,
  ...migrationCases,
];
