import { useQuery, useQueryClient } from "@tanstack/react-query";
import { apiPath, refresh, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import type { LiveSdk } from "../live/evaluation-messages.ts";
import { useTopic } from "../live/use-live.ts";

/** An SDK that holds a stream open, as REST tells it. */
export interface ConnectedSdk extends LiveSdk {
  /** The environment's key. */
  readonly environment: string;
  /** When it last reported events, in Unix milliseconds. */
  readonly lastEventAt?: number;
  /** The version of the environment that it was last sent. */
  readonly servedVersion: number;
  /** How old the oldest change is that it has not been sent; 0 where it has all. */
  readonly lagMs: number;
}

/** The SDKs of a project that are connected now; who comes and goes is told at once. */
export function useConnectedSdks(project: string) {
  const client = useQueryClient();
  const path = apiPath("projects", project, "sdks");
  useTopic(`sdks/${project}`, () => void refresh(client, path));
  return useQuery(resource<Items<ConnectedSdk>>(`${path}?limit=10000`));
}

/** As `halyard-node 0.1.0`. */
export function sdkInWords({ name, version }: Pick<LiveSdk, "name" | "version">): string {
  return version === undefined ? name : `${name} ${version}`;
}

/** Of what an SDK says of itself, such as `NodeJSClient/9.1.0 (x64)`. */
export function sdkNamed(userAgent: string): string {
  if (userAgent.startsWith("Mozilla/")) return "browser";
  return (userAgent.split(" ")[0] ?? userAgent).replace("/", " ");
}
