import { ruleSentence } from "@halyard/instructions";
import type { Flag, Serving } from "./flag-representation.ts";

/** What a flag does in an environment, a line each. */
export function environmentSentences(flag: Flag, environment: string): string[] {
  const configuration = flag.environments[environment];
  if (configuration === undefined) return [];
  const { on, targets, rules, fallthrough, offVariation } = configuration;
  if (!on) return [`off  everyone gets ${nameOf(flag, offVariation)}`];
  const named = targets.map(
    ({ values, variation }) => `${values.join(", ")} gets ${nameOf(flag, variation)}`,
  );
  const ruled = rules.map(
    ({ clauses, ...serving }, at) => `${at + 1} ${ruleSentence(clauses, served(flag, serving))}`,
  );
  const rest = `${named.length + ruled.length === 0 ? "everyone" : "else everyone"} ${served(flag, fallthrough)}`;
  const [first = "", ...others] = [...named, ...ruled, rest];
  return [`on   ${first}`, ...others.map((line) => `     ${line}`)];
}

function served(flag: Flag, { variation, rollout }: Serving): string {
  if (rollout === undefined) return `gets ${nameOf(flag, variation)}`;
  const parts = rollout.variations.map(
    (one) => `${one.weight / 1000}% ${nameOf(flag, one.variation)}`,
  );
  return `is split by ${rollout.bucketBy ?? "key"}: ${parts.join(", ")}`;
}

function nameOf(flag: Flag, index: number | null | undefined): string {
  if (index === undefined || index === null) return "the code's own fallback";
  const variation = flag.variations[index];
  return (
    variation?.name ??
    (typeof variation?.value === "string" ? variation.value : JSON.stringify(variation?.value))
  );
}
