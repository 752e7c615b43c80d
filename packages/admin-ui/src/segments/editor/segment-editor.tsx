import { useMemo, useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { useUnavailable } from "../../session/unavailable.ts";
import { Card } from "../../ui/card.tsx";
import { useKeptFocus } from "../../ui/kept-focus.ts";
import { Notice } from "../../ui/notice.tsx";
import { useReady } from "../../ui/ready.ts";
import { BigMembers } from "../big/big-members.tsx";
import type { SegmentRepresentation } from "../segment-representation.ts";
import { DraftBar } from "./draft-bar.tsx";
import { ListCard } from "./list-card.tsx";
import { MembersCard } from "./members-card.tsx";
import { RuleList } from "./rule-list.tsx";
import { useSegmentImpact, useStanding } from "./segment-impact.ts";
import { segmentStateOf } from "./segment-state.ts";
import { t } from "./text.ts";
import { readContext } from "./tried-context.ts";
import { TryIt } from "./try-it.tsx";
import { useSegmentDraft } from "./use-segment-draft.ts";
import { UsedBy } from "./used-by.tsx";

interface SegmentEditorProps {
  readonly project: string;
  readonly environment: Environment;
  readonly segment: SegmentRepresentation;
  readonly etag: string;
}

/** Who is in a segment, to be changed; beside it who that is of those seen, and which flags ask. */
export function SegmentEditor({ project, environment, segment, etag }: SegmentEditorProps) {
  const saved = useMemo(() => segmentStateOf(segment), [segment]);
  const place = { project, environment: environment.key, segment: segment.key };
  const desk = useSegmentDraft(place, saved);
  const { instructions, conflict } = desk;
  const drafted = { version: etag, instructions, isInConflict: conflict !== undefined };
  const impact = useSegmentImpact(place, drafted);
  useReady(impact.data !== undefined || impact.error !== null);
  const editor = useKeptFocus<HTMLDivElement>();
  const [typed, setTyped] = useState("");
  const asked = readContext(typed).context;
  const standing = useStanding(place, drafted, asked);
  const answer = asked === undefined ? undefined : standing.data?.asked;
  const seenIn = { project, environment: environment.key };
  const unavailable = useUnavailable(
    "updateRules",
    `proj/${project}:env/${environment.key}:segment/${segment.key}`,
  );
  const isReadOnly = unavailable !== undefined;
  const isDraft = instructions.length > 0;
  return (
    <>
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[1fr_340px]">
        <div ref={editor} className="min-w-0 space-y-4">
          {isReadOnly && <Notice>{unavailable}</Notice>}
          {segment.unbounded ? (
            <BigMembers project={project} environment={environment} segment={segment} />
          ) : (
            <>
              <ListCard desk={desk} list="included" seenIn={seenIn} isReadOnly={isReadOnly} />
              <ListCard desk={desk} list="excluded" seenIn={seenIn} isReadOnly={isReadOnly} />
            </>
          )}
          <RuleList desk={desk} seenIn={seenIn} isReadOnly={isReadOnly} standing={answer} />
        </div>
        <div className="min-w-0 space-y-4">
          <TryIt
            project={project}
            environment={environment.key}
            typed={typed}
            onType={setTyped}
            standing={answer}
            error={asked === undefined ? null : standing.error}
            isDraft={isDraft}
          />
          <MembersCard
            project={project}
            environment={environment.key}
            impact={impact.data}
            error={impact.error}
            onRetry={impact.refetch}
          />
          <Card title={t("used.title")}>
            <UsedBy
              project={project}
              environment={environment.key}
              flags={impact.data?.flags ?? (segment._flags ?? []).map(unchanged)}
              isDraft={isDraft}
            />
          </Card>
        </div>
      </div>
      <DraftBar
        project={project}
        environment={environment}
        desk={desk}
        etag={etag}
        impact={impact.data}
      />
    </>
  );
}

function unchanged({ key, name }: { readonly key: string; readonly name: string }) {
  return { key, name, on: true, changedCount: 0, changes: [] };
}
