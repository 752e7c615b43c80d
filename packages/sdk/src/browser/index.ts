import { BrowserClient } from "./client.ts";
import type { Options } from "./options.ts";

export type {
  FlagFallback,
  FlagKey,
  FlagKeyOf,
  FlagTypes,
  FlagValue,
  FlagValues,
} from "../flag-types.ts";
export type { Logger } from "../logger.ts";
export type { Detail, Source } from "./answer.ts";
export type { Change, ChangeEvent, ChangeListener, Watcher } from "./changes.ts";
export type { BrowserClient, ClientStatus, IdentifyOptions } from "./client.ts";
export type { Options } from "./options.ts";
export type { Initialization } from "./waiting.ts";

/**
 * A client that starts to fetch the context's values at once and keeps them current. Throws only
 * where no client can come of the arguments, such as no client-side ID.
 *
 * @example
 * const flags = init("CLIENT_SIDE_ID", { kind: "user", key: "ada" }, { baseUri });
 * await flags.waitForInitialization({ timeout: 2 });
 * flags.variation("checkout", "old");
 */
export function init(clientSideId: string, context: object, options: Options = {}): BrowserClient {
  return createClient(clientSideId, context, options).start();
}

/** A client that asks nothing of the network until its `start()`, as for rendering on a server. */
export function createClient(
  clientSideId: string,
  context: object,
  options: Options = {},
): BrowserClient {
  return new BrowserClient(clientSideId, context, options);
}
