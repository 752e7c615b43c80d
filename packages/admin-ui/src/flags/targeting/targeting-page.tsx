import { lazy, Suspense } from "react";
import { useReady } from "../../ui/ready.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { TryIt } from "../try-it.tsx";

const Targeting = lazy(async () => ({ default: (await import("../targeting.tsx")).Targeting }));

export function TargetingPage() {
  const { project, flag, environment } = useFlagPage();
  useReady(true);
  return (
    <div className="grid gap-4 xl:grid-cols-[1fr_340px]">
      <div>
        <Suspense fallback={<SkeletonRows count={3} />}>
          <Targeting flag={flag} environment={environment.key} />
        </Suspense>
      </div>
      <TryIt project={project} flag={flag} environment={environment.key} />
    </div>
  );
}
