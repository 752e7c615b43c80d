import { Link } from "@tanstack/react-router";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type ContextKind, kindsPath } from "./context-kind.ts";
import { t } from "./text.ts";

interface KindRowProps {
  readonly project: string;
  readonly kind: ContextKind;
  readonly onEdit: () => void;
}

/** A kind: what it is called, where it comes from, and whether rules are offered it. */
export function KindRow({ project, kind, onEdit }: KindRowProps) {
  const { key, name, description, lastSeen, archived } = kind;
  const path = `${kindsPath(project)}/${encodeURIComponent(key)}`;
  // Without a version: taking it back comes after the change that it takes back.
  const send = (isArchived: boolean) => request("PUT", path, { name, archived: isArchived });
  const change = useChange<boolean>({
    path: kindsPath(project),
    send,
    undo: (isArchived) => send(!isArchived),
    done: (isArchived) =>
      isArchived ? t("kind.archived", { name }) : t("kind.restored", { name }),
    failed: () => t("kind.save.failed", { name }),
  });
  const forbidden = useUnavailable("updateContextKind", `proj/${project}:context-kind/${key}`);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/p/$project/contexts"
            params={{ project }}
            search={{ kind: key }}
            title={t("kind.contexts")}
            translate="no"
            className={`inline-flex min-h-6 min-w-0 items-center font-semibold wrap-anywhere hover:underline ${archived ? "text-ink2" : ""}`}
          >
            {name}
          </Link>
          <code translate="no" className="font-mono text-[13px] break-all text-ink2">
            {key}
          </code>
          <KindState kind={kind} />
        </div>
        {description !== "" && (
          <p translate="no" className="max-w-prose text-[13px] wrap-anywhere text-ink2">
            {description}
          </p>
        )}
      </div>
      <p className="text-[13px] text-ink2 lg:w-56">
        {lastSeen === undefined
          ? t("kind.never")
          : t.rich("kind.seen", { when: <RelativeTime key="when" at={lastSeen} /> })}
        <span className="block text-xs text-ink3">{t(`kind.from.${kind.createdFrom}`)}</span>
      </p>
      <span className="flex gap-1 ml-auto">
        <Button unavailable={forbidden} onPress={onEdit}>
          {t("kind.edit")}
        </Button>
        <Button
          look="quiet"
          unavailable={forbidden}
          isPending={change.isPending}
          onPress={() => change.mutate(!archived)}
        >
          {archived ? t("kind.restore") : t("kind.archive")}
        </Button>
      </span>
    </li>
  );
}

function KindState({ kind }: { readonly kind: ContextKind }) {
  if (kind.archived) return <Badge tone="outline">{t("kind.state.archived")}</Badge>;
  if (kind.hideInTargeting) return <Badge>{t("kind.state.hidden")}</Badge>;
  return <Badge tone="on">{t("kind.state.offered")}</Badge>;
}
