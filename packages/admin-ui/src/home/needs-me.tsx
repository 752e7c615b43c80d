import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, Eraser, GitPullRequestArrow, PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../ui/card.tsx";
import { Bone, Skeleton } from "../ui/skeleton.tsx";
import type { Need } from "./needs.ts";
import { t } from "./text.ts";

interface NeedsMeProps {
  /** Undefined until it is known. */
  readonly needs: readonly Need[] | undefined;
  readonly project: string;
}

export function NeedsMe({ needs, project }: NeedsMeProps) {
  return (
    <Card title={t("home.needs")}>
      {needs === undefined && (
        <Skeleton>
          <div className="space-y-3">
            <Bone className="h-5 w-2/3" />
            <Bone className="h-5 w-1/2" />
          </div>
        </Skeleton>
      )}
      {needs?.length === 0 && (
        <p className="flex items-center gap-2 text-ink2">
          <CircleCheck size={16} aria-hidden className="text-on" />
          {t("home.needs.none")}
        </p>
      )}
      {needs !== undefined && needs.length > 0 && (
        <ul className="-m-3 divide-y divide-line">
          {needs.map((need) => (
            <li key={need.id}>
              <NeedRow need={need} project={project} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const row = "flex gap-3 px-3 py-2.5 hover:bg-chosen/70";

function NeedRow({ need, project }: { readonly need: Need; readonly project: string }) {
  switch (need.kind) {
    case "approval":
      return (
        <Link
          to="/p/$project/approvals/$id"
          params={{ project, id: need.request._id }}
          className={row}
        >
          <Words icon={<GitPullRequestArrow size={16} />} name={need.request.description}>
            {t("home.needs.approval")}
          </Words>
        </Link>
      );
    case "failed":
      return (
        <Link to="/p/$project/approvals/schedule" params={{ project }} className={row}>
          <Words
            icon={<CircleAlert size={16} className="text-danger" />}
            name={need.change.flagKey}
          >
            {t.rich("home.needs.failed", {
              why: (
                <span key="why" translate="no">
                  {need.change.conflicts?.[0]?.reason}
                </span>
              ),
            })}
          </Words>
        </Link>
      );
    case "draft":
      return (
        <Link
          to="/p/$project/flags/$flag/targeting"
          params={{ project, flag: need.place.flag }}
          search={{ env: need.place.environment }}
          className={row}
        >
          <Words icon={<PencilLine size={16} />} name={need.place.flag}>
            {t.rich("home.needs.draft", {
              count: need.place.count,
              environment: (
                <span key="name" translate="no">
                  {need.place.environment}
                </span>
              ),
            })}
          </Words>
        </Link>
      );
    case "stale":
      return (
        <Link
          to="/p/$project/flags/$flag/targeting"
          params={{ project, flag: need.card.key }}
          className={row}
        >
          <Words icon={<Eraser size={16} />} name={need.card.name ?? need.card.key}>
            <span translate="no">{need.card.sentence}</span>
          </Words>
        </Link>
      );
    default:
      return need satisfies never;
  }
}

function Words(props: {
  readonly icon: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <span aria-hidden="true" className="mt-0.5 shrink-0 text-ink3">
        {props.icon}
      </span>
      <span className="min-w-0">
        <span translate="no" className="block font-semibold">
          {props.name}
        </span>
        <span className="block text-[13px] text-ink2">{props.children}</span>
      </span>
    </>
  );
}
