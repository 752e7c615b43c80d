import type { ReactNode } from "react";
import { useLater } from "./later.ts";
import { t } from "./text.ts";

/** The true layout in grey, made of `Bone`s; shown only where the wait is felt. */
export function Skeleton({ children }: { readonly children: ReactNode }) {
  const isLate = useLater(true);
  return (
    <div role="status" aria-label={t("kit.loading")} className={isLate ? "" : "invisible"}>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

export function Bone({ className = "h-4 w-full" }: { readonly className?: string }) {
  return <div className={`animate-pulse rounded-md bg-line/70 ${className}`} />;
}

/** Rows of a list. */
export function SkeletonRows({ count = 6 }: { readonly count?: number }) {
  return (
    <Skeleton>
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {Array.from({ length: count }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have nothing but a place.
          <div key={at} className="flex h-12 items-center gap-4 px-3">
            <Bone className="h-4 w-48" />
            <Bone className="ml-auto h-4 w-24" />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
