import { Badge } from "../ui/badge.tsx";
import { scopeOf } from "./scope.ts";
import { t } from "./text.ts";

/** Which changes somebody is told of, in a word or two; nothing where it is all of them. */
export function ScopeBadge(props: {
  readonly statements: readonly object[];
  readonly project: string;
}) {
  const scope = scopeOf(props.statements, props.project);
  if (scope.kind === "all") return null;
  return (
    <Badge>
      {scope.kind === "environment" ? (
        <span translate="no">{scope.environment}</span>
      ) : (
        t(`scope.badge.${scope.kind}`)
      )}
    </Badge>
  );
}
