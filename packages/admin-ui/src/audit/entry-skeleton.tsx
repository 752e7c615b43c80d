import { Bone, Skeleton } from "../ui/skeleton.tsx";

export function EntrySkeleton() {
  return (
    <Skeleton>
      <div className="space-y-2">
        <Bone className="h-4 w-1/2" />
        <Bone className="h-4 w-2/3" />
        <Bone className="h-8 w-40" />
      </div>
    </Skeleton>
  );
}
