import type { Environment } from "../api/representations.ts";
import type { FlagRepresentation } from "../flags/state/flag-representation.ts";
import type { RuntimeId } from "./snippets/runtime-id.ts";
import type { PackageManager } from "./snippets/snippet.ts";

/** What was chosen, which stands in the address. */
export interface CodeChoice {
  readonly sdk?: RuntimeId;
  readonly manager?: PackageManager;
}

export interface UseInCodeProps {
  readonly project: string;
  readonly flag: FlagRepresentation;
  readonly environment: Environment;
  readonly choice: CodeChoice;
  readonly onChoose: (choice: CodeChoice) => void;
  readonly onEnvironment: (key: string) => void;
}
