import { useNavigate, useSearch } from "@tanstack/react-router";
import { CodeReferences } from "../../code-references/code-references.tsx";
import { useReady } from "../../ui/ready.ts";
import { type CodeChoice, UseInCode } from "../../use-in-code/use-in-code.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";

/** How code asks for the flag, what the server sees of it, and where code names it. */
export function CodePage() {
  const { project, flag, environment } = useFlagPage();
  const choice: CodeChoice = useSearch({ strict: false });
  const navigate = useNavigate();
  useReady(true);
  const go = (change: CodeChoice & { readonly env?: string }) =>
    void navigate({
      to: "/p/$project/flags/$flag/code",
      params: { project, flag: flag.key },
      search: (search) => ({ ...search, ...change }),
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="space-y-6">
      <UseInCode
        project={project}
        flag={flag}
        environment={environment}
        choice={choice}
        onChoose={go}
        onEnvironment={(env) => go({ env })}
      />
      <CodeReferences project={project} flag={flag.key} />
    </div>
  );
}
