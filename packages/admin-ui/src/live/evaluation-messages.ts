import type { Json, JsonObject } from "@halyard/evaluation";

/** An SDK that holds a stream open. */
export interface LiveSdk {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  readonly instance?: string;
  readonly application?: string;
  readonly wrapper?: string;
  readonly address: string;
  /** The end of the key that it came with. */
  readonly credential: string;
  /** Unix milliseconds. */
  readonly since: number;
}

/** SDKs came and went; the first one names those that are there. */
export interface SdkMessage {
  readonly t: "sdk";
  readonly project: string;
  readonly env: string;
  readonly connected: number;
  readonly joined: readonly LiveSdk[];
  readonly left: readonly LiveSdk[];
}

/** An SDK has evaluated a flag. */
export interface EvalMessage {
  readonly t: "eval";
  readonly project: string;
  readonly env: string;
  readonly flag: string;
  /** Absent where only a count was reported. */
  readonly context?: JsonObject;
  readonly value?: Json;
  readonly variation: number | null;
  readonly version: number | null;
  readonly reason?: JsonObject;
  /** Such as `NodeJSClient/9.1.0`. */
  readonly sdk?: string;
  /** How many evaluations it stands for. */
  readonly n: number;
  /** Unix milliseconds at which it was reported. */
  readonly at: number;
  /** How many were left out since the last one. */
  readonly dropped: number;
}
