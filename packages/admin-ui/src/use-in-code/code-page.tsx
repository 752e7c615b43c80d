import { useNavigate, useSearch } from "@tanstack/react-router";
import { CodeReferences } from "../code-references/code-references.tsx";
import { useFlagPage } from "../flags/frame/flag-page-context.ts";
import { useReady } from "../ui/ready.ts";
import type { CodeChoice } from "./code-choice.ts";
import { UseInCode } from "./use-in-code.tsx";

/** The part of a flag's page that shows how code asks for it, and where code names it. */
export function CodePage() {
  const { project, flag, environment } = useFlagPage();
  const search: CodeChoice = useSearch({ strict: false });
  const navigate = useNavigate();
  useReady(true);
  const go = (change: CodeChoice & { readonly env?: string }) =>
    void navigate({
      to: "/p/$project/flags/$flag/code",
      params: { project, flag: flag.key },
      search: { ...search, env: environment.key, ...change },
      replace: true,
    });
  return (
    <div className="space-y-6">
      <UseInCode
        project={project}
        flag={flag}
        environment={environment}
        choice={search}
        onChoose={go}
        onEnvironment={(env) => go({ env })}
      />
      <CodeReferences project={project} flag={flag.key} />
    </div>
  );
}
