import { Link } from "@tanstack/react-router";
import { Badge } from "../ui/badge.tsx";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { SeenContext } from "./context-representation.ts";
import { individualsOf, shownJson } from "./individual.ts";
import { t } from "./text.ts";

const attributesShown = 4;

interface ContextTableProps {
  readonly project: string;
  readonly environment: string;
  readonly caption: string;
  readonly contexts: readonly SeenContext[];
}

/** Contexts as they were seen last; on a phone what they are stands below their keys. */
export function ContextTable({ project, environment, caption, contexts }: ContextTableProps) {
  const hasApplications = contexts.some(({ applicationId }) => applicationId !== "");
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <HeadCell>{t("context.list.context")}</HeadCell>
          <HeadCell className="max-md:hidden">{t("context.list.attributes")}</HeadCell>
          {hasApplications && (
            <HeadCell className="max-lg:hidden">{t("context.list.sdk")}</HeadCell>
          )}
          <HeadCell className="text-right">{t("context.list.lastSeen")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {contexts.map((seen) => (
          <ContextRow
            key={JSON.stringify([seen.context["kind"] ?? "", seen.context["key"] ?? ""])}
            project={project}
            environment={environment}
            seen={seen}
            hasApplications={hasApplications}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface ContextRowProps {
  readonly project: string;
  readonly environment: string;
  readonly seen: SeenContext;
  readonly hasApplications: boolean;
}

function ContextRow({ project, environment, seen, hasApplications }: ContextRowProps) {
  const [individual] = individualsOf(seen.context);
  if (individual === undefined) return null;
  const { kind, key, name, attributes } = individual;
  const shown = attributes.filter(([one]) => one !== "name").slice(0, attributesShown);
  const more = attributes.length - shown.length - (name === "" ? 0 : 1);
  return (
    <tr>
      <Cell className="py-2">
        <div className="flex flex-wrap items-center gap-2">
          <Badge>
            <span translate="no">{kind}</span>
          </Badge>
          <Link
            to="/p/$project/contexts/$kind/$key"
            params={{ project, kind, key }}
            search={{ env: environment }}
            translate="no"
            data-row=""
            className="min-w-0 rounded font-mono text-[13px] leading-6 break-all text-link hover:underline"
          >
            {key}
          </Link>
          {name !== "" && (
            <span translate="no" className="text-ink2">
              {name}
            </span>
          )}
          {seen.associatedContexts > 0 && (
            <span className="text-xs text-ink3">
              {t("context.list.together", { count: seen.associatedContexts })}
            </span>
          )}
        </div>
        <div className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 md:hidden">
          <Attributes shown={shown} more={more} />
        </div>
      </Cell>
      <Cell className="max-md:hidden">
        <div className="flex flex-wrap gap-x-3 gap-y-0.5">
          <Attributes shown={shown} more={more} />
        </div>
      </Cell>
      {hasApplications && (
        <Cell className="text-[13px] text-ink2 max-lg:hidden">
          <span translate="no">{seen.applicationId}</span>
        </Cell>
      )}
      <Cell className="text-right text-[13px] text-ink2">
        <RelativeTime at={Date.parse(seen.lastSeen)} />
      </Cell>
    </tr>
  );
}

function Attributes(props: {
  readonly shown: ReturnType<typeof individualsOf>[number]["attributes"];
  readonly more: number;
}) {
  return (
    <>
      {props.shown.map(([name, value]) => (
        <span key={name} translate="no" className="max-w-56 truncate text-[13px] text-ink2">
          {name} <span className="font-mono text-[12.5px] text-ink">{shownJson(value)}</span>
        </span>
      ))}
      {props.more > 0 && (
        <span className="text-xs leading-5 text-ink3">
          {t("context.list.moreAttributes", { count: props.more })}
        </span>
      )}
    </>
  );
}
