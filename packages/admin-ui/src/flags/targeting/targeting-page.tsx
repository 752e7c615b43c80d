import { lazy, Suspense } from "react";
import { SkeletonRows } from "../../ui/skeleton.tsx";

// Both bring the language of instructions with them, which is as much again as a page may be.
const Workbench = lazy(async () => ({
  default: (await import("../draft/workbench.tsx")).Workbench,
}));
const Targeting = lazy(async () => ({ default: (await import("./targeting.tsx")).Targeting }));

export function TargetingPage() {
  return (
    <Suspense fallback={<SkeletonRows count={3} />}>
      <Workbench>
        <Targeting />
      </Workbench>
    </Suspense>
  );
}
