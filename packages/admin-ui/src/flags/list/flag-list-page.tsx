import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { buttonClass } from "../../ui/button.tsx";
import { KeyHint } from "../../ui/key-hint.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { FlagMatrix } from "./flag-matrix.tsx";
import { t } from "./text.ts";

export function FlagListPage() {
  const { project = "" } = useParams({ strict: false });
  const navigate = useNavigate();
  useShortcut("c", t("list.create"), () => {
    void navigate({ to: "/p/$project/flags/new", params: { project } });
  });
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
