import { FlaskConical } from "lucide-react";
import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Sheet } from "../../ui/dialog.tsx";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { t } from "./text.ts";

const TryPane = lazy(async () => ({ default: (await import("./try-pane.tsx")).TryPane }));

const wide = window.matchMedia("(min-width: 80rem)");

/** The pane beside the editor; where the window is narrow, a sheet over it. */
export function TrySide() {
  const isWide = useSyncExternalStore(whenWidthMoves, () => wide.matches);
  const [isOpen, setOpen] = useState(false);
  const { instructions } = useDraftDesk();
  useShortcut("t", t("try.focus"), () =>
    isWide ? document.querySelector<HTMLElement>(".try-context textarea")?.focus() : setOpen(true),
  );
  const edits = instructions.length > 0 && (
    <span className="text-xs font-normal text-ink2">{t("try.withEdits")}</span>
  );
  if (isWide)
    return (
      <section aria-label={t("try.title")} className="sticky top-4 self-start">
        <Card title={t("try.title")} actions={edits}>
          <Pane />
        </Card>
      </section>
    );
  return (
    <>
      <Button
        icon={<FlaskConical size={16} aria-hidden />}
        keys="t"
        onPress={() => setOpen(true)}
        className="justify-self-start max-md:w-full"
      >
        {t("try.open")}
      </Button>
      <Sheet isOpen={isOpen} onClose={() => setOpen(false)} title={t("try.title")} size="small">
        {edits}
        <Pane />
      </Sheet>
    </>
  );
}

function whenWidthMoves(onMove: () => void): () => void {
  wide.addEventListener("change", onMove);
  return () => wide.removeEventListener("change", onMove);
}

function Pane() {
  return (
    <Suspense
      fallback={
        <Skeleton>
          <Bone className="h-28 w-full" />
        </Skeleton>
      }
    >
      <TryPane />
    </Suspense>
  );
}
