import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Flag, LogOut, SunMoon } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { type Command, useCommands } from "../palette/commands.ts";
import { t } from "../palette/text.ts";
import { signOut } from "../session/sign-out.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { chooseTheme, themes } from "../theme/theme.ts";
import { t as nameOf } from "./nav-text.ts";
import { useProject } from "./project.ts";
import { type NavLink, useNav } from "./use-nav.ts";

/** What can be found and pressed everywhere: the pages, the flags of the project, the theme. */
export function ShellCommands() {
  const project = useProject();
  const navigate = useNavigate();
  const nav = useNav();
  const isIdle = useIdle();
  const flags = useQuery({ ...flagNames(project), enabled: isIdle && project !== "" });
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
  const flagCommands = useMemo(
    () =>
      (flags.data?.items ?? []).map(
        ({ key, name, tags }): Command => ({
          id: `flag ${project}/${key}`,
          section: "go",
          label: name,
          hint: key,
          words: tags,
          icon: <Flag size={16} aria-hidden />,
          run: () =>
            void navigate({
              to: "/p/$project/flags/$flag/targeting",
              params: { project, flag: key },
            }),
        }),
      ),
    [flags.data, navigate, project],
  );
  useCommands(pages);
  useCommands(flagCommands);
  useCommands(own);
  return nav.map((entry) =>
    entry.key === undefined ? null : (
      <GoKey key={entry.to} entry={entry} letter={entry.key} project={project} />
    ),
  );
}

interface NamedFlag {
  readonly key: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** Only what is searched; it may be some seconds old. */
function flagNames(project: string) {
  const names = resource<Items<NamedFlag>>(apiPath("projects", project, "flag-names"));
  return { ...names, staleTime: 60_000 };
}

const patienceMs = 500;

/** True when the page has had time for what is on screen. */
function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIdle(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return isIdle;
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
