import { Bone, Skeleton } from "../../ui/skeleton.tsx";

/** The flag's page in grey. */
export function FrameSkeleton() {
  return (
    <Skeleton>
      <Bone className="h-7 w-64" />
      <Bone className="mt-2 h-5 w-96 max-w-full" />
      <div className="mt-4 flex gap-3 max-md:flex-col">
        {["first", "second", "third"].map((name) => (
          <Bone key={name} className="h-18 flex-1" />
        ))}
      </div>
      <Bone className="mt-6 h-6 w-full" />
      <Bone className="mt-4 h-28 w-full" />
      <Bone className="mt-3 h-28 w-full" />
    </Skeleton>
  );
}
