import { type HalyardClient, init } from "@halyard/sdk";
import { expect, it } from "vitest";
import type { Answer } from "./answer.ts";
import { randomVectors } from "./random-vectors.ts";

const fallback = "the application's own";
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

/** The detail, the value alone, and the value among those of all flags. */
function askedOf(client: HalyardClient, key: string, context: object): unknown {
  const { value, variationIndex, reason } = client.variationDetail(key, context, fallback);
  const alone: unknown = client.variation(key, context, fallback);
  const amongAll = client.allFlagsState(context).getFlagValue(key);
  return { value, variationIndex, reason, alone, amongAll };
}

function expectedOf(answer: Answer | undefined): unknown {
  if (answer === undefined) {
    const reason = { kind: "ERROR", errorKind: "USER_NOT_SPECIFIED" };
    const amongAll = undefined;
    return { value: fallback, variationIndex: null, reason, alone: fallback, amongAll };
  }
  const { variationIndex, reason } = answer;
  const value = variationIndex === null ? fallback : answer.value;
  return { value, variationIndex, reason, alone: value, amongAll: answer.value };
}

it("answers through our SDK what it evaluates: random flags and contexts", async () => {
  const vectors = randomVectors({ seed: 1, wildness: "any", sets: 30, contexts: 50 });
  let answered = 0;
  for (const { set, cases } of vectors) {
    await using client = init(undefined, { offline: true, bootstrap: set, logger });
    for (const { context, answers } of cases) {
      const byKey = new Map(answers);
      for (const key of Object.keys(set.flags)) {
        const answer = byKey.get(key);
        // Memberships in big segments come with the next evaluation, or are loaded beforehand.
        if (answer?.reason.bigSegmentsStatus !== undefined) continue;
        expect(askedOf(client, key, context)).toEqual(expectedOf(answer));
        answered += 1;
      }
    }
  }
  expect(answered).toBeGreaterThan(5_000);
}, 60_000);
