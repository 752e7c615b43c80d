import { lazy, Suspense } from "react";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { t } from "../frame/text.ts";

// The sentences bring the language of instructions, which is more than a page may weigh.
const Comparison = lazy(async () => ({ default: (await import("./comparison.tsx")).Comparison }));

/** What each environment serves, side by side. */
export function ComparePage() {
  return (
    <>
      <h2 className="text-base font-semibold">{t("compare.title")}</h2>
      <p className="mb-3 text-ink2">{t("compare.intro")}</p>
      <Suspense fallback={<SkeletonRows count={4} />}>
        <Comparison />
      </Suspense>
    </>
  );
}
