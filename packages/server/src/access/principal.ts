import type { Actor } from "../changes/feed.ts";
import { type Policy, permits } from "./policy.ts";
import type { Resource } from "./resource.ts";

/** Who asks, and what says what they may. */
export interface Principal {
  readonly actor: Actor;
  /** What the request came with; undefined where the server acts for somebody. */
  readonly credential?: { readonly kind: "session" | "token"; readonly id: string };
  /** The member who asks, or whose token it is; undefined for a service token. */
  readonly memberId: string | undefined;
  /** The base role of the member or the token. */
  readonly role: string;
  /**
   * One of a layer's policies has to permit what is asked, and so has every layer: a personal token
   * may what its own policies say, as far as its member may it too.
   */
  readonly layers: readonly (readonly Policy[])[];
}

/** Stands for the identity provider that brings members; it makes no owners. */
export const identityProvider: Principal = {
  actor: { kind: "system", id: "identity-provider", name: "The identity provider" },
  memberId: undefined,
  role: "admin",
  layers: [],
};

export function may({ layers }: Principal, action: string, resource: Resource): boolean {
  return layers.every((policies) => policies.some((policy) => permits(policy, action, resource)));
}

/** Whether an answer depends on more than keys. */
export function asksForFacts({ layers }: Principal): boolean {
  return layers.some((policies) => policies.some((policy) => policy.asksForFacts));
}
