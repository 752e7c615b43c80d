export const caseNames = [
  "simple",
  "clauses",
  "rollout",
  "targets",
  "prerequisites",
  "all",
] as const;
export type CaseName = (typeof caseNames)[number];

/** Asks once; the number varies who is asked for. */
export type Ask = (index: number) => unknown;

export interface Contender {
  readonly name: string;
  /** Whether it counts what it answers; undefined where it has nothing that counts. */
  readonly counts: boolean | undefined;
  /** A contender whose answers are promises is awaited, as an app has to. */
  readonly isAsync: boolean;
  /** A case is absent where the contender has no such concept. */
  readonly cases: Readonly<Partial<Record<CaseName, Ask>>>;
  close(): unknown;
}

/** What the call must give, so that nobody is fast at being wrong. */
export function isRight(name: CaseName, given: unknown): boolean {
  if (name === "rollout") return given === "a" || given === "b" || given === "c";
  if (name === "all") return given === 1_000;
  return given === true;
}
