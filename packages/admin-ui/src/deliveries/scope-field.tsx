import { useEnvironments } from "../flags/flag-queries.ts";
import { useProject } from "../shell/project.ts";
import { RadioGroup } from "../ui/choice.tsx";
import { TextArea } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { type Scope, statementsOf } from "./scope.ts";
import { t } from "./text.ts";

const example = `[{
  "effect": "allow",
  "actions": ["*"],
  "resources": ["proj/*:env/production:flag/*"]
}]`;

interface ScopeFieldProps {
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
  readonly problem: string | undefined;
}

/** Which changes are told: all, those of a project or an environment, or by a policy. */
export function ScopeField({ scope, onChange, problem }: ScopeFieldProps) {
  const project = useProject();
  const environments = useEnvironments(project).data?.items ?? [];
  function choose(kind: Scope["kind"]) {
    if (kind === "environment") {
      const chosen = environments.find(({ critical }) => critical) ?? environments[0];
      onChange({ kind, environment: chosen?.key ?? "" });
    } else if (kind === "policy") onChange({ kind, text: textOf(scope, project) });
    else onChange({ kind });
  }
  return (
    <div className="space-y-3">
      <RadioGroup
        label={t("scope.title")}
        value={scope.kind}
        onChange={choose}
        choices={[
          { id: "all", label: t("scope.all"), description: t("scope.all.words") },
          { id: "project", label: t("scope.project"), description: t("scope.project.words") },
          ...(environments.length > 0 || scope.kind === "environment"
            ? [{ id: "environment" as const, label: t("scope.environment") }]
            : []),
          { id: "policy", label: t("scope.policy"), description: t("scope.policy.words") },
        ]}
      />
      {scope.kind === "environment" && (
        <Select
          label={t("scope.environment.which")}
          areNames
          choices={environments.map(({ key, name }) => ({ id: key, label: name }))}
          value={scope.environment}
          onChange={(environment) => onChange({ kind: "environment", environment })}
        />
      )}
      {scope.kind === "policy" && (
        <TextArea
          label={t("scope.policy.label")}
          placeholder={example}
          value={scope.text}
          onChange={(text) => onChange({ kind: "policy", text })}
          error={problem}
          rows={8}
          isMono
        />
      )}
    </div>
  );
}

/** What is wrong with the typed policy, in words. */
export function problemOfScope(read: ReturnType<typeof statementsOf>): string | undefined {
  return "problem" in read ? t("scope.policy.wrong", { problem: read.problem }) : undefined;
}

/** A policy begins with what was chosen before. */
function textOf(scope: Scope, project: string): string {
  if (scope.kind === "policy") return scope.text;
  const read = statementsOf(scope, project);
  const isEmpty = "problem" in read || read.statements.length === 0;
  return isEmpty ? "" : JSON.stringify(read.statements, null, 2);
}
