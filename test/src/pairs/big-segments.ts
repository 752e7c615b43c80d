import { createHash } from "node:crypto";
import type { BigSegmentsAnswer } from "@halyard/evaluation";

/** By which stores of big segments know contexts. */
function hashOf(contextKey: string): string {
  return createHash("sha256").update(contextKey).digest("base64");
}

/** A third of all is in the first generation, a third is out of it, and a third is not mentioned. */
export function membershipOf(hash: string): Record<string, boolean> | undefined {
  const third = hash.charCodeAt(0) % 3;
  if (third === 0) return undefined;
  return third === 1 ? { "big.g1": true, "big.g2": false } : { "big.g1": false, "big.g3": true };
}

export function bigSegments(contextKey: string): BigSegmentsAnswer {
  return { membership: membershipOf(hashOf(contextKey)), status: "HEALTHY" };
}
