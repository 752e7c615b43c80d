import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { useProject } from "../shell/project.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Button } from "../ui/button.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { type ContextKind, inOrder, kindsPath } from "./context-kind.ts";
import { KindDialog } from "./kind-dialog.tsx";
import { KindRow } from "./kind-row.tsx";
import { t } from "./text.ts";

/** The kinds of contexts that flags of a project are evaluated for. */
export function KindListPage() {
  const project = useProject();
  const { data, error, refetch, isPending } = useQuery(
    resource<Items<ContextKind>>(kindsPath(project)),
  );
  const [edited, setEdited] = useState<ContextKind | "new">();
  const cannotCreate = useUnavailable("createContextKind", `proj/${project}:context-kind/*`);
  useReady(!isPending);
  useShortcut("c", t("kind.create"), () => cannotCreate === undefined && setEdited("new"));
  const kinds = data?.items ?? [];
  return (
    <SettingsFrame
      title={t("kind.title")}
      words={t("kind.words")}
      actions={
        <Button look="primary" keys="c" unavailable={cannotCreate} onPress={() => setEdited("new")}>
          {t("kind.create")}
        </Button>
      }
    >
      {error && <ErrorState what={t("kind.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      {kinds.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {inOrder(kinds).map((kind) => (
            <KindRow key={kind.key} project={project} kind={kind} onEdit={() => setEdited(kind)} />
          ))}
        </ul>
      )}
      {edited !== undefined && (
        <KindDialog
          project={project}
          known={kinds}
          edited={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </SettingsFrame>
  );
}
