import type { Engine } from "./engine.ts";
import type { SsoSettings } from "./sso/sso-settings.ts";

/** What the server is built of: everything with a life of its own. */
export interface AppParts extends Engine {
  /** How people reach the server, where that is set. */
  readonly baseUrl: string | undefined;
  /** Proxies whose word about addresses counts, as addresses or CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** The identity provider as the environment names it. */
  readonly sso: SsoSettings | undefined;
  readonly logLevel: string;
  /** Requests a second that a token or session may make of the management API; 0 is no limit. */
  readonly requestsPerSecond: number;
  /** The number of the newest change, as the live channel counts them. */
  readonly newestChange: () => number;
}
