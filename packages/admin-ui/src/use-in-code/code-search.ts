import type { CodeChoice } from "./code-choice.ts";
import { isRuntimeId } from "./snippets/runtime-id.ts";
import { packageManagers } from "./snippets/snippet.ts";

/** What an address says of the code that is shown. */
export function codeSearch({ sdk, manager }: Readonly<Record<string, unknown>>): CodeChoice {
  const known = packageManagers.find((one) => one === manager);
  return {
    ...(isRuntimeId(sdk) ? { sdk } : {}),
    ...(known === undefined ? {} : { manager: known }),
  };
}
