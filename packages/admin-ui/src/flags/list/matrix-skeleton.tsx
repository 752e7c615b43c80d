import { Bone, Skeleton } from "../../ui/skeleton.tsx";

/** The table, in grey. */
export function MatrixSkeleton({ environments }: { readonly environments: number }) {
  const cells = Array.from({ length: environments }, (_, at) => at);
  return (
    <Skeleton>
      <div className="rounded-lg border border-line bg-surface">
        {Array.from({ length: 10 }, (_, row) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have nothing but a place.
            key={row}
            className="flex h-12 items-center gap-6 border-b border-line px-3 last:border-0"
          >
            <Bone className="size-4" />
            <Bone className="h-4 w-44" />
            {cells.map((at) => (
              <Bone key={at} className="h-5 min-w-0 flex-1 max-md:hidden" />
            ))}
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
