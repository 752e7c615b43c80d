import type { Environment } from "../api/representations.ts";
import type { ConnectedSdk } from "../sdks/connected-sdk.ts";
import type { KeyRow } from "./environment-key.ts";

/** A key, where it is, and the SDKs that may be using it. */
export interface KeyProps {
  readonly row: KeyRow;
  readonly project: string;
  readonly environment: Environment;
  readonly sdks: readonly ConnectedSdk[];
}
