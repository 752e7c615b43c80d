import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Environment, Items } from "../api/representations.ts";

/** A key beside the environment's own two. */
export interface EnvironmentKey {
  readonly key: string;
  readonly kind: "sdk" | "mobile";
  readonly name: string;
  /** Unix milliseconds. */
  readonly creationDate: number;
  readonly expiresAt?: number;
}

export function environmentPath(project: string, environment: string): string {
  return apiPath("projects", project, "environments", environment);
}

export function useFurtherKeys(project: string, environment: string) {
  const path = `${environmentPath(project, environment)}/keys?limit=10000`;
  return useQuery(resource<Items<EnvironmentKey>>(path));
}

/** What the server calls a key that was replaced and holds on for a while. */
const formerName = "former key";

function isFormer({ name, expiresAt }: EnvironmentKey): boolean {
  return name === formerName && expiresAt !== undefined;
}

/** How a key is shown once it has been copied: `sdk-…1f3c`. */
export function endingOf(key: string): string {
  return `${/^[a-z]{3}-/u.exec(key)?.[0] ?? ""}…${key.slice(-4)}`;
}

/** Those who may not see it get how it ends, which is worth no copying. */
export function isWhole(key: string): boolean {
  return !key.includes("…");
}

/** A key in a row of the table. */
export interface KeyRow {
  readonly id: string;
  readonly kind: "sdk" | "mobile" | "client" | "furtherSdk" | "furtherMobile" | "former";
  /** As people called it; the environment's own have none. */
  readonly name?: string;
  readonly key: string;
  readonly createdAt?: number;
  readonly expiresAt?: number;
}

/** The environment's own keys first, then the further ones, newest first. */
export function keyRows(
  { apiKey, mobileKey, _id }: Environment,
  further: readonly EnvironmentKey[],
): readonly KeyRow[] {
  return [
    { id: "sdk", kind: "sdk", key: apiKey },
    ...further
      .toSorted((a, b) => b.creationDate - a.creationDate)
      .map((one): KeyRow => {
        const { key, name, creationDate, expiresAt } = one;
        const kind = one.kind === "sdk" ? "furtherSdk" : "furtherMobile";
        return {
          id: key,
          kind: isFormer(one) ? "former" : kind,
          name,
          key,
          createdAt: creationDate,
          ...(expiresAt === undefined ? {} : { expiresAt }),
        };
      }),
    { id: "mobile", kind: "mobile", key: mobileKey },
    { id: "client", kind: "client", key: _id },
  ];
}
