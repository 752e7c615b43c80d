import { Bone, Skeleton } from "../ui/skeleton.tsx";

const widths = ["w-3/5", "w-2/5", "w-1/2", "w-2/3", "w-2/5", "w-1/2"];

export function TimelineSkeleton() {
  return (
    <Skeleton>
      <Bone className="mb-2 h-4 w-40" />
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {widths.map((width, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have nothing but a place.
          <div key={at} className="flex gap-3 p-3">
            <Bone className="size-7 shrink-0 rounded-full" />
            <div className="min-w-0 flex-1 space-y-2">
              <Bone className={`h-4 ${width}`} />
              <Bone className="h-3 w-40" />
            </div>
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
