import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { me } from "../session/me.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { Happening } from "./happening.tsx";
import { MyFlags } from "./my-flags.tsx";
import { NeedsMe } from "./needs-me.tsx";
import { PlannedNext } from "./planned-next.tsx";
import { SdksByEnvironment } from "./sdks-by-environment.tsx";
import { t } from "./text.ts";
import { useNeeds } from "./use-needs.ts";

/** What needs me, and what just happened. */
export function HomePage() {
  const { project = "" } = useParams({ strict: false });
  const needs = useNeeds(project);
  const mine = useQuery(me).data;
  useReady(needs !== undefined && mine !== undefined);
  return (
    <>
      <PageHeader title={t("home.title")} />
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_22rem]">
        <div className="min-w-0 space-y-4">
          <NeedsMe needs={needs} project={project} />
          <Happening project={project} />
        </div>
        <div className="min-w-0 space-y-4">
          <SdksByEnvironment project={project} />
          <PlannedNext project={project} />
          {mine !== undefined && <MyFlags project={project} memberId={mine.id} />}
        </div>
      </div>
    </>
  );
}
