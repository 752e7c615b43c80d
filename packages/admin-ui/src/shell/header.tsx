import { useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "react-aria-components";
import { flagNames } from "../palette/flag-names.ts";
import { t as palette } from "../palette/text.ts";
import { ariaKeys } from "../shortcuts/keys.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { KeyHint } from "../ui/key-hint.tsx";
import { LinkState } from "./link-state.tsx";
import { MeMenu } from "./me-menu.tsx";
import { useProject } from "./project.ts";
import { t } from "./text.ts";

const load = () => import("../palette/palette.tsx");
const Palette = lazy(async () => ({ default: (await load()).Palette }));

export function Header({ trailRef }: { readonly trailRef: (element: HTMLElement | null) => void }) {
  const [isOpen, setOpen] = useState(false);
  const project = useProject();
  const queries = useQueryClient();
  // Who comes near gets what will be looked through a little earlier.
  function prepare() {
    void load();
    if (project !== "") void queries.prefetchQuery(flagNames(project));
  }
  useShortcut("mod+k", palette("palette.shortcut"), () => setOpen(true));
  return (
    <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-3 border-b border-line bg-surface px-5 max-md:px-4">
      <nav aria-label={t("shell.header")} ref={trailRef} className="min-w-0 flex-1" />
      <Button
        aria-keyshortcuts={ariaKeys("mod+k")}
        onPress={() => setOpen(true)}
        onHoverStart={prepare}
        onFocus={prepare}
        className="flex h-8 items-center gap-2 rounded-md border border-line bg-canvas px-2 text-ink3 data-hovered:border-line2 max-lg:w-auto lg:w-64 pointer-coarse:h-11"
      >
        <Search size={14} aria-hidden />
        <span className="max-lg:sr-only">{palette("palette.open")}</span>
        <span className="ml-auto max-lg:hidden">
          <KeyHint keys="mod+k" />
        </span>
      </Button>
      <LinkState />
      <MeMenu />
      {isOpen && (
        <Suspense>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </header>
  );
}
