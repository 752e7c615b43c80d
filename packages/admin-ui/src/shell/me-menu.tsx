import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { me } from "../session/me.ts";
import { signOut } from "../session/sign-out.ts";
import { useShortcuts } from "../shortcuts/use-shortcut.ts";
import { chooseTheme, themes, useTheme } from "../theme/theme.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Menu } from "../ui/menu.tsx";
import { t } from "./text.ts";

/** What is about oneself: theme, keys, signing out. */
export function MeMenu() {
  const { data } = useQuery(me);
  const theme = useTheme();
  const navigate = useNavigate();
  const shortcuts = useShortcuts();
  const [areKeysOn, setKeysOn] = useState(shortcuts.areOn);
  const { name, email } = data ?? { name: "", email: "" };
  function turnKeys() {
    shortcuts.turn(!areKeysOn);
    setKeysOn(!areKeysOn);
  }
  const themeEntries = themes.map((one) => ({
    id: one,
    label: t(`shell.theme.${one}`),
    isSelected: one === theme,
    onPress: () => chooseTheme(one),
  }));
  const keysEntry = {
    id: "keys",
    label: t("shell.keys.single"),
    isSelected: areKeysOn,
    onPress: turnKeys,
  };
  const ownEntry = {
    id: "me",
    label: t("shell.me.page"),
    icon: <CircleUser size={16} aria-hidden />,
    onPress: () => void navigate({ to: "/account/me" }),
  };
  const signOutEntry = {
    id: "sign-out",
    label: t("shell.signOut"),
    icon: <LogOut size={16} aria-hidden />,
    onPress: () => void signOut(),
  };
  return (
    <Menu
      label={t("shell.me", { name })}
      isAtEnd
      sections={[
        { title: t("shell.theme"), entries: themeEntries },
        { title: t("shell.keys"), entries: [keysEntry] },
        { title: email === "" ? name : email, entries: [ownEntry, signOutEntry] },
      ]}
    >
      <Button
        aria-label={t("shell.me", { name })}
        className="grid place-items-center rounded-full pointer-coarse:size-11"
      >
        <Avatar name={name} isNameBeside />
      </Button>
    </Menu>
  );
}
