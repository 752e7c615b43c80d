import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { buttonClass } from "../../ui/button.tsx";
import { KeyHint } from "../../ui/key-hint.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { FlagMatrix } from "./flag-matrix.tsx";
import type { FlagListSearch } from "./search.ts";
import { t } from "./text.ts";

// It brings the language of instructions with it.
const Promotion = lazy(async () => ({
  default: (await import("../promotion/promotion-page.tsx")).PromotionPage,
}));

export function FlagListPage() {
  const { project = "" } = useParams({ strict: false });
  const { compare }: FlagListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  useShortcut("c", t("list.create"), () => {
    void navigate({ to: "/p/$project/flags/new", params: { project } });
  });
  const [from, to] = compare?.split(",") ?? [];
  if (from !== undefined && to !== undefined) {
    return (
      <Suspense fallback={<SkeletonRows />}>
        <Promotion project={project} from={from} to={to} />
      </Suspense>
    );
  }
  return (
    <>
      <PageHeader
        title={t("list.title")}
        actions={
          <Link
            to="/p/$project/flags/new"
            params={{ project }}
            aria-keyshortcuts="C"
            className={buttonClass("primary")}
          >
            {t("list.create")}
            <KeyHint keys="c" />
          </Link>
        }
      />
      <FlagMatrix key={project} project={project} />
    </>
  );
}
