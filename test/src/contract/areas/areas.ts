import type { ContractCase } from "../suite/contract-case.ts";
import { allFlagsCases } from "./all-flags.ts";
import { bigSegmentCases } from "./big-segments.ts";
import { clientEventCases } from "./client-events.ts";
import { clientResultCases } from "./client-results.ts";
import { clientUpdateCases } from "./client-updates.ts";
import { connectionCases } from "./connection.ts";
import { contextCases } from "./contexts.ts";
import { debugEventCases } from "./debug-events.ts";
import { evaluationCases } from "./evaluation.ts";
import { eventContextCases } from "./event-contexts.ts";
import { eventDeliveryCases } from "./event-delivery.ts";
import { featureEventCases } from "./feature-events.ts";
import { headerCases } from "./headers.ts";
import { hookCases } from "./hooks.ts";
import { listenerCases } from "./listeners.ts";
import { migrationCases } from "./migrations.ts";
import { persistentStoreCases } from "./persistent-store.ts";
import { pollingCases } from "./polling.ts";
import { secondGenerationCases } from "./second-generation.ts";
import { streamingCases } from "./streaming.ts";
import { summaryEventCases } from "./summary-events.ts";

/** Every case there is. */
export const allCases: readonly ContractCase[] = [
  ...evaluationCases(),
  ...clientResultCases,
  ...clientUpdateCases,
  ...clientEventCases,
  ...allFlagsCases,
  ...streamingCases,
  ...pollingCases,
  ...secondGenerationCases,
  ...featureEventCases,
  ...summaryEventCases,
  ...debugEventCases,
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
