import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { t } from "./text.ts";

/** While the code of a page is on its way. */
export function RoutePending() {
  return <SkeletonRows />;
}

/** A page that could not be loaded or drawn; what is around it stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <ErrorState
      what={t("shell.page")}
      error={error instanceof Error ? error : new Error(String(error))}
      onRetry={retry}
    />
  );
}

export function RouteNotFound() {
  return <NotFound />;
}
