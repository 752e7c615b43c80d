import type { ExplanationStep } from "@halyard/evaluation";

/** One step of an evaluation, in words. */
export function stepSentence(step: ExplanationStep): string {
  switch (step.kind) {
    case "on":
      return step.on ? "Flag is on" : "Flag is off";
    case "prerequisite":
      return `Requires ${step.key}: ${step.isMet ? "met" : "not met"}`;
    case "targets":
      return step.isMatch ? "Targeted individually" : "Not targeted individually";
    case "rule":
      return ruleSentence(step);
    case "fallthrough":
      return "No rule matched: everyone else";
    case "bucket":
      return `Bucket ${percent(step.place)} falls in ${percent(step.from)} to ${percent(step.to)}`;
    default:
      return step satisfies never;
  }
}

function ruleSentence({
  index,
  isMatch,
  failed,
}: Extract<ExplanationStep, { kind: "rule" }>): string {
  const rule = `Rule ${index + 1}`;
  if (isMatch) return `${rule} matched`;
  if (failed === undefined || failed.op === "segmentMatch") return `${rule} did not match`;
  const actual = failed.actual === undefined ? "not given" : JSON.stringify(failed.actual);
  return `${rule} did not match: ${failed.attribute} is ${actual}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
