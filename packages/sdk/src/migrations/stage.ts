/** How far a move from an old system to a new one has come. */
export type Stage = "off" | "dualwrite" | "shadow" | "live" | "rampdown" | "complete";

/** The system that is left, or the one that is moved to. */
export type Origin = "old" | "new";

/** Who is asked at a stage; the first one's answer is the one that counts. */
export interface Plan {
  readonly read: readonly [Origin, ...Origin[]];
  readonly write: readonly [Origin, ...Origin[]];
}

const plans: Readonly<Record<Stage, Plan>> = {
  off: { read: ["old"], write: ["old"] },
  dualwrite: { read: ["old"], write: ["old", "new"] },
  shadow: { read: ["old", "new"], write: ["old", "new"] },
  live: { read: ["new", "old"], write: ["new", "old"] },
  rampdown: { read: ["new"], write: ["new", "old"] },
  complete: { read: ["new"], write: ["new"] },
};

export function isStage(value: unknown): value is Stage {
  return typeof value === "string" && Object.hasOwn(plans, value);
}

export function planOf(stage: Stage): Plan {
  return plans[stage];
}
