import { useEffect, useState } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { KeyHint } from "../ui/key-hint.tsx";
import { Notice } from "../ui/notice.tsx";
import { t } from "./text.ts";
import { useKnownShortcuts, useShortcut, useShortcuts } from "./use-shortcut.ts";

/** Listens to the keys, and shows on `?` which there are. */
export function ShortcutsDialog() {
  const shortcuts = useShortcuts();
  const known = useKnownShortcuts();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    document.addEventListener("keydown", shortcuts.pressFirst, { capture: true });
    document.addEventListener("keydown", shortcuts.press);
    return () => {
      document.removeEventListener("keydown", shortcuts.pressFirst, { capture: true });
      document.removeEventListener("keydown", shortcuts.press);
    };
  }, [shortcuts]);
  useShortcut("?", t("shortcuts.show"), () => setOpen(true));
  const shown = known.filter(
    ({ keys }, at) => known.findIndex((other) => other.keys === keys) === at,
  );
  return (
    <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t("shortcuts.title")}>
      {!shortcuts.areOn && <Notice>{t("shortcuts.off")}</Notice>}
      <dl className="mt-2 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {shown.toReversed().map(({ keys, label }) => (
          <div key={keys} className="contents">
            <dt className="flex justify-end gap-1 pointer-coarse:[&>span]:inline-flex">
              <span className="sr-only">{keys}</span>
              {keys.split(" ").map((key) => (
                <KeyHint key={key} keys={key} />
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
