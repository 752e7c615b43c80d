import { useNavigate } from "@tanstack/react-router";
import { LogOut, SunMoon } from "lucide-react";
import { useMemo } from "react";
import { type Command, useCommands } from "../palette/commands.ts";
import { t } from "../palette/text.ts";
import { signOut } from "../session/sign-out.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { chooseTheme, themes } from "../theme/theme.ts";
import { t as nameOf } from "./nav-text.ts";
import { useProject } from "./project.ts";
import { type NavLink, useNav } from "./use-nav.ts";

/** What can be found and pressed everywhere: the pages, the theme. */
export function ShellCommands() {
  const project = useProject();
  const navigate = useNavigate();
  const nav = useNav();
  const pages = useMemo(
    () =>
      nav.map(
        ({ to, label, icon: Icon, key, place }): Command => ({
          id: to,
          section: "go",
          label,
          ...(place === "project" ? { hint: nameOf("nav.settings") } : {}),
          icon: <Icon size={16} aria-hidden />,
          ...(key === undefined ? {} : { keys: `g ${key}` }),
          run: () => void navigate({ to, params: { project } }),
        }),
      ),
    [nav, navigate, project],
  );
  useCommands(pages);
  useCommands(own);
  return nav.map((entry) =>
    entry.key === undefined ? null : (
      <GoKey key={entry.to} entry={entry} letter={entry.key} project={project} />
    ),
  );
}

function GoKey(props: {
  readonly entry: NavLink;
  readonly letter: string;
  readonly project: string;
}) {
  const { entry, letter, project } = props;
  const navigate = useNavigate();
  useShortcut(`g ${letter}`, t("palette.goTo", { page: entry.label }), () => {
    void navigate({ to: entry.to, params: { project } });
  });
  return null;
}

const own: readonly Command[] = [
  ...themes.map(
    (theme): Command => ({
      id: `theme ${theme}`,
      section: "do",
      label: t(`palette.theme.${theme}`),
      icon: <SunMoon size={16} aria-hidden />,
      run: () => chooseTheme(theme),
    }),
  ),
  {
    id: "sign out",
    section: "do",
    label: t("palette.signOut"),
    icon: <LogOut size={16} aria-hidden />,
    run: () => void signOut(),
  },
];
