import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Badge } from "../../ui/badge.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { RequiredNode } from "./requirement-levels.ts";
import { t } from "./text.ts";

interface GraphProps {
  /** The nearest first. */
  readonly levels: readonly (readonly RequiredNode[])[];
  readonly dependents: readonly { readonly key: string; readonly name: string }[];
}

/** Which flags stand before this one and behind it, from left to right. */
export function RequirementGraph({ levels, dependents }: GraphProps) {
  const { flag } = useFlagPage();
  const columns: { readonly id: string; readonly nodes: ReactNode }[] = [
    ...levels.toReversed().map((nodes) => ({
      id: nodes.map(({ key }) => key).join(" "),
      nodes: nodes.map((node) => <Node key={node.key} node={node} />),
    })),
    {
      id: "this",
      nodes: (
        <span className="rounded-md border-2 border-signal bg-surface px-2.5 py-1 font-semibold">
          <span translate="no">{flag.name}</span>
          <span className="sr-only"> ({t("requires.graph.this")})</span>
        </span>
      ),
    },
    ...(dependents.length === 0
      ? []
      : [
          {
            id: "dependents",
            nodes: dependents.map((one) => (
              <Node key={one.key} node={{ ...one, isOn: undefined }} />
            )),
          },
        ]),
  ];
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
      tabIndex={0}
      aria-label={t("requires.graph")}
      className="flex items-center gap-3 overflow-x-auto rounded-md bg-sunken p-3"
    >
      {columns.map(({ id, nodes }, at) => (
        <Fragment key={id}>
          {at > 0 && (
            <ArrowRight
              size={16}
              className="shrink-0 text-ink3"
              role="img"
              aria-label={t("requires.by")}
            />
          )}
          <div className="flex shrink-0 flex-col gap-2">{nodes}</div>
        </Fragment>
      ))}
    </section>
  );
}

function Node({ node: { key, name, isOn } }: { readonly node: RequiredNode }) {
  const { project, environment } = useFlagPage();
  return (
    <Link
      to="/p/$project/flags/$flag/targeting"
      params={{ project, flag: key }}
      search={{ env: environment.key }}
      className="flex items-center gap-2 rounded-md border border-line2/60 bg-surface px-2.5 py-1 hover:border-line2"
    >
      <span translate="no">{name}</span>
      {isOn !== undefined && (
        <Badge tone={isOn ? "on" : "plain"}>
          {isOn ? t("requires.isOn") : t("requires.isOff")}
        </Badge>
      )}
    </Link>
  );
}
