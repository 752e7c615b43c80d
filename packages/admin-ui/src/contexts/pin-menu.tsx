import { Pin } from "lucide-react";
import { useState } from "react";
import type { Environment, FeatureFlag } from "../api/representations.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { IconButton } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { Swatch } from "../ui/swatch.tsx";
import type { PinnedContext } from "./pinned.ts";
import { t } from "./text.ts";
import { usePin, variationName } from "./use-pin.ts";

interface PinMenuProps {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: Environment;
  readonly context: PinnedContext;
  /** The place of the variation that it gets by name. */
  readonly pinned: number | undefined;
}

/** Gives a context a variation by name; a critical environment asks before. */
export function PinMenu({ project, flag, environment, context, pinned }: PinMenuProps) {
  const pin = usePin(project, environment, { flag, context });
  const [asked, setAsked] = useState<{ readonly to: number | undefined }>();
  const unavailable = useUnavailable(
    "updateTargets",
    `proj/${project}:env/${environment.key}:flag/${flag.key}`,
  );
  const names = { key: context.key, flag: flag.name, environment: environment.name };
  function act(to: number | undefined) {
    setAsked(undefined);
    if (to !== pinned) pin.mutate({ to, from: pinned });
  }
  const choose = (to: number | undefined) => (environment.critical ? setAsked({ to }) : act(to));
  const variations = flag.variations.map(
    (variation, at): MenuEntry => ({
      id: String(at),
      label: t("context.pin.always", { variation: variationName(variation) }),
      icon: <Swatch index={at} />,
      isSelected: at === pinned,
      unavailable,
      onPress: () => choose(at),
    }),
  );
  const release: MenuEntry = {
    id: "release",
    label: t("context.pin.release"),
    unavailable,
    onPress: () => choose(undefined),
  };
  const label = t("context.pin", { flag: flag.name });
  return (
    <>
      <Menu
        label={t("context.pin.menu", names)}
        isAtEnd
        sections={[
          { title: t("context.pin.menu", names), entries: variations },
          ...(pinned === undefined ? [] : [{ entries: [release] }]),
        ]}
      >
        <IconButton label={label} isPending={pin.isPending}>
          <Pin size={16} className={pinned === undefined ? "" : "fill-current"} aria-hidden />
        </IconButton>
      </Menu>
      <ConfirmPin
        asked={asked}
        names={names}
        nameOf={(to) => variationName(flag.variations[to])}
        onClose={() => setAsked(undefined)}
        onConfirm={act}
      />
    </>
  );
}

interface ConfirmPinProps {
  readonly asked: { readonly to: number | undefined } | undefined;
  readonly names: { readonly key: string; readonly flag: string; readonly environment: string };
  readonly nameOf: (variation: number) => string;
  readonly onClose: () => void;
  readonly onConfirm: (to: number | undefined) => void;
}

function ConfirmPin({ asked, names, nameOf, onClose, onConfirm }: ConfirmPinProps) {
  const to = asked?.to;
  const variation = to === undefined ? "" : nameOf(to);
  return (
    <ConfirmDialog
      isOpen={asked !== undefined}
      onClose={onClose}
      title={
        to === undefined
          ? t("context.pin.release.title", names)
          : t("context.pin.confirm.title", { ...names, variation })
      }
      action={
        to === undefined ? t("context.pin.release.action") : t("context.pin.action", { variation })
      }
      onConfirm={() => onConfirm(to)}
    >
      <p>
        {to === undefined
          ? t("context.pin.release.words", names)
          : t("context.pin.confirm.words", names)}
      </p>
    </ConfirmDialog>
  );
}
