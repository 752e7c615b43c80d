import type { Environment } from "../api/representations.ts";
import type { FlagRepresentation } from "../flags/state/flag-representation.ts";
import { FirstSigns } from "./first-signs.tsx";
import { SnippetPanel } from "./snippet-panel.tsx";
import type { RuntimeId } from "./snippets/runtimes.ts";
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

/** The code that asks for a flag, and beside it what the server sees of it. */
export function UseInCode(props: UseInCodeProps) {
  const { project, flag, environment } = props;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <SnippetPanel {...props} />
      <FirstSigns
        key={`${environment.key}/${flag.key}`}
        project={project}
        flag={flag}
        environment={environment}
        onEnvironment={props.onEnvironment}
      />
    </div>
  );
}
