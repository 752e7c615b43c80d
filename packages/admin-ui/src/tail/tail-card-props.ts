import type { Environment } from "../api/representations.ts";

/** Which evaluations are shown, and how to choose others. */
export interface TailCardProps {
  readonly project: string;
  readonly environment: Environment;
  readonly environments: readonly Environment[];
  /** One flag's alone. */
  readonly flag: string | undefined;
  readonly typed: string;
  readonly onChange: (change: { env?: string; flag?: string; q?: string }) => void;
}
