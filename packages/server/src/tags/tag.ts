/** Things that carry tags here. */
export const taggedKinds = ["flag", "project", "environment", "segment"] as const;

/** A thing with its tags; a flag that is archived is told apart. */
export interface Tagged {
  readonly kind: (typeof taggedKinds)[number];
  readonly projectKey: string;
  readonly tags: readonly string[];
  readonly isArchived: boolean;
}
