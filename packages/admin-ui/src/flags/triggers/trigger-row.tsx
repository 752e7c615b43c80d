import { Ellipsis, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { IconButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Switch } from "../../ui/switch.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import {
  type Trigger,
  useNewAddress,
  useTriggerRemoval,
  useTriggerSwitch,
} from "./trigger-queries.ts";

interface TriggerRowProps {
  readonly path: string;
  readonly trigger: Trigger;
  readonly onAddress: (trigger: Trigger) => void;
}

export function TriggerRow({ path, trigger, onAddress }: TriggerRowProps) {
  const { project, flag, environment } = useFlagPage();
  const [asked, setAsked] = useState<"cycle" | "delete">();
  const { enabled, _integrationKey: caller, instructions } = trigger;
  const action = instructions[0]?.kind === "turnFlagOn" ? t("triggers.on") : t("triggers.off");
  const label = t("triggers.label", { action, caller });
  const place = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const updating = useUnavailable("updateTriggers", place);
  const deleting = useUnavailable("deleteTriggers", place);
  const change = useTriggerSwitch(path, trigger);
  const close = () => setAsked(undefined);
  return (
    <li className="flex items-center gap-2 py-2 last:pb-0">
      <span className="min-w-0 flex-1">
        <span className={enabled ? "font-medium" : "font-medium text-ink3"}>{action}</span>{" "}
        <code translate="no" className="font-mono text-[12.5px] text-ink2">
          {caller}
        </code>
        <span className="block text-xs text-ink3">
          <Calls trigger={trigger} />
        </span>
      </span>
      <Switch
        isOn={enabled}
        isBusy={change.isPending}
        label={label}
        unavailable={updating}
        onPress={() => change.mutate(!enabled)}
      />
      <Menu
        label={t("triggers.more", { label })}
        isAtEnd
        sections={[
          {
            entries: [
              {
                id: "cycle",
                label: t("triggers.cycle"),
                icon: <RefreshCw size={16} aria-hidden />,
                unavailable: updating,
                onPress: () => setAsked("cycle"),
              },
              {
                id: "delete",
                label: t("triggers.delete"),
                icon: <Trash2 size={16} aria-hidden />,
                isDanger: true,
                unavailable: deleting,
                onPress: () => setAsked("delete"),
              },
            ],
          },
        ]}
      >
        <IconButton label={t("triggers.more", { label })}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      {asked === "cycle" && (
        <CycleDialog path={path} trigger={trigger} onAddress={onAddress} onClose={close} />
      )}
      {asked === "delete" && <RemovalDialog path={path} trigger={trigger} onClose={close} />}
    </li>
  );
}

function Calls({ trigger: { _triggerCount, _lastTriggeredAt } }: { readonly trigger: Trigger }) {
  if (_lastTriggeredAt === undefined) return t("triggers.never");
  const when = <RelativeTime key="when" at={_lastTriggeredAt} />;
  return t.rich("triggers.called", { count: _triggerCount, when });
}

interface AskingProps {
  readonly path: string;
  readonly trigger: Trigger;
  readonly onClose: () => void;
}

function CycleDialog(props: AskingProps & Pick<TriggerRowProps, "onAddress">) {
  const { path, trigger, onClose, onAddress } = props;
  const change = useNewAddress(path, trigger, (made) => {
    onClose();
    onAddress(made);
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("triggers.cycle.title", { caller: trigger._integrationKey })}
      action={t("triggers.cycle")}
      isBusy={change.isPending}
      onConfirm={() => change.mutate()}
    >
      <p>{t("triggers.cycle.words")}</p>
    </ConfirmDialog>
  );
}

function RemovalDialog({ path, trigger, onClose }: AskingProps) {
  const removal = useTriggerRemoval(path, trigger);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("triggers.delete.title", { caller: trigger._integrationKey })}
      action={t("triggers.delete")}
      isDanger
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate(undefined, { onSuccess: onClose })}
    >
      <p>{t("triggers.delete.words")}</p>
    </ConfirmDialog>
  );
}
