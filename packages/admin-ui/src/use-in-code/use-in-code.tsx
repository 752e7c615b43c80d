import type { UseInCodeProps } from "./code-choice.ts";
import { FirstSigns } from "./first-signs.tsx";
import { SnippetPanel } from "./snippet-panel.tsx";

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
