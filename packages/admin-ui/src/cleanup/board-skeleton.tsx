import { Bone, Skeleton } from "../ui/skeleton.tsx";
import { columns } from "./board.ts";

export function BoardSkeleton() {
  return (
    <Skeleton>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-5">
        {columns.map((column) => (
          <div key={column} className="space-y-2 rounded-lg bg-sunken p-2">
            <Bone className="h-5 w-28" />
            <Bone className="h-32 w-full" />
            <Bone className="h-32 w-full" />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
