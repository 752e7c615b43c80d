import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { individualsOf } from "../../contexts/individual.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { reasonInWords, type SegmentImpact } from "./segment-impact.ts";
import { t } from "./text.ts";

interface MembersCardProps {
  readonly project: string;
  readonly environment: string;
  readonly impact: SegmentImpact | undefined;
  readonly error: Error | null;
  readonly onRetry: () => unknown;
}

const shownAtFirst = 8;

/** Who of those that were seen is in the segment with the draft. */
export function MembersCard({ project, environment, impact, error, onRetry }: MembersCardProps) {
  return (
    <Card
      title={t("members.title")}
      actions={<span className="text-xs text-ink2">{t("members.window")}</span>}
    >
      {error !== null && impact === undefined && (
        <ErrorState what={t("members.what")} error={error} onRetry={onRetry} />
      )}
      {error === null && impact === undefined && (
        <Skeleton>
          <Bone className="h-5 w-40" />
        </Skeleton>
      )}
      {impact !== undefined && (
        <Members project={project} environment={environment} impact={impact} />
      )}
    </Card>
  );
}

interface MembersProps {
  readonly project: string;
  readonly environment: string;
  readonly impact: SegmentImpact;
}

function Members({ project, environment, impact }: MembersProps) {
  const [isWhole, setWhole] = useState(false);
  const { members, memberCount, seenCount, withPrivateAttributesCount: privateCount } = impact;
  const shown = isWhole ? members : members.slice(0, shownAtFirst);
  if (seenCount === 0) return <p className="text-ink2">{t("members.unseen")}</p>;
  return (
    <>
      {memberCount.after === 0 ? (
        <p role="status" className="text-ink2">
          {t("members.none", { seen: seenCount })}
        </p>
      ) : (
        <p role="status" className="font-medium tabular-nums">
          {t("members.count", { members: memberCount.after, seen: seenCount })}
        </p>
      )}
      <ul className="mt-2 divide-y divide-line empty:hidden">
        {shown.map(({ context, reason }) => (
          <li
            key={JSON.stringify(context)}
            className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 py-1"
          >
            <span className="flex min-w-0 flex-wrap gap-x-2">
              {individualsOf(context).map(({ kind, key }) => (
                <Link
                  key={kind}
                  to="/p/$project/contexts/$kind/$key"
                  params={{ project, kind, key }}
                  search={{ env: environment }}
                  translate="no"
                  className="rounded font-mono text-[12.5px] leading-6 break-all text-link hover:underline"
                >
                  {key}
                </Link>
              ))}
            </span>
            <span className="text-xs text-ink2">{reasonInWords(reason)}</span>
          </li>
        ))}
      </ul>
      {members.length > shown.length && (
        <Button look="quiet" className="-ml-3" onPress={() => setWhole(true)}>
          {t("members.more", { count: members.length - shown.length })}
        </Button>
      )}
      {isWhole && memberCount.after > members.length && (
        <p className="mt-1 text-xs text-ink3">{t("members.first", { count: members.length })}</p>
      )}
      {privateCount > 0 && (
        <p className="mt-2 text-xs text-ink3">{t("members.private", { count: privateCount })}</p>
      )}
    </>
  );
}
