import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import type { Statement } from "../roles/statement.ts";

/** A key under which relays learn their environments. */
export interface Relay {
  readonly _id: string;
  readonly name: string;
  /** Which environments it learns. */
  readonly policy: readonly Statement[];
  /** The key's last four. */
  readonly displayKey: string;
  readonly creationDate: number;
  readonly _creator?: {
    readonly firstName?: string;
    readonly lastName?: string;
    readonly email: string;
  };
}

/** As the answer that makes it or its key has it: the whole key, this once. */
export interface MadeRelay extends Relay {
  readonly fullKey: string;
}

export const relaysPath = "/api/v2/account/relay-auto-configs";
export const relays = resource<Items<Relay>>(relaysPath);
export const relayPath = (id: string, ...rest: readonly string[]) =>
  apiPath("account", "relay-auto-configs", id, ...rest);

export const everyEnvironment: readonly Statement[] = [
  { effect: "allow", actions: ["*"], resources: ["proj/*:env/*"] },
];

/** Who made it; empty where no person did. */
export function makerOf({ _creator }: Relay): string {
  if (_creator === undefined) return "";
  return `${_creator.firstName ?? ""} ${_creator.lastName ?? ""}`.trim() || _creator.email;
}
