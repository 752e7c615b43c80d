/** A row of an outline is a scenario of its own. Plain JSON, so that a page can be given it. */
export interface Scenario {
  readonly feature: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly text: string;
  /** The table below it. */
  readonly rows: readonly (readonly string[])[];
}

export type Outcome =
  | { readonly kind: "passed" }
  /** What it asks for does not exist where it ran. */
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };
