import { useState } from "react";
import { useShortcuts } from "../shortcuts/use-shortcut.ts";
import { chooseTheme, themes, useTheme } from "../theme/theme.ts";
import { Card } from "../ui/card.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { Switch } from "../ui/switch.tsx";
import { t } from "./text.ts";

/** Theme and keys; kept in this browser. */
export function LooksCard() {
  const theme = useTheme();
  const shortcuts = useShortcuts();
  const [areKeysOn, setKeysOn] = useState(shortcuts.areOn);
  function turnKeys() {
    shortcuts.turn(!areKeysOn);
    setKeysOn(!areKeysOn);
  }
  return (
    <Card title={t("me.looks")}>
      <RadioGroup
        label={t("me.theme")}
        isHorizontal
        choices={themes.map((id) => ({ id, label: t(`me.theme.${id}`) }))}
        value={theme}
        onChange={chooseTheme}
      />
      <div className="mt-4 flex items-start gap-4 border-t border-line pt-4">
        <div className="min-w-0 flex-1">
          <div className="font-medium">{t("me.keys")}</div>
          <p className="text-[13px] text-ink2">{t("me.keys.words")}</p>
          <p className="mt-1 text-[13px] text-ink3">{t("me.keys.list")}</p>
        </div>
        <Switch isOn={areKeysOn} label={t("me.keys")} onPress={turnKeys} />
      </div>
    </Card>
  );
}
