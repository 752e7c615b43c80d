import { Ellipsis, KeyRound, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailability } from "../session/unavailable.ts";
import { IconButton } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Menu } from "../ui/menu.tsx";
import { type MadeRelay, type Relay, relayPath, relaysPath } from "./relay.ts";
import { RelayDialog } from "./relay-dialog.tsx";
import { ResetRelayDialog } from "./reset-relay-dialog.tsx";
import { t } from "./text.ts";

interface RelayMenuProps {
  readonly relay: Relay;
  readonly onKey: (made: MadeRelay) => void;
}

/** Everything that can be done to the configuration of one relay. */
export function RelayMenu({ relay, onKey }: RelayMenuProps) {
  const { _id, name } = relay;
  const [asked, setAsked] = useState<"edit" | "reset" | "delete">();
  const close = () => setAsked(undefined);
  const remove = useChange<void>({
    path: relaysPath,
    send: () => request("DELETE", relayPath(_id)),
    done: () => t("relay.deleted", { name }),
    failed: () => t("relay.delete.failed"),
  });
  return (
    <>
      <Menu label={t("relay.actions", { name })} isAtEnd sections={useEntries(relay, setAsked)}>
        <IconButton label={t("relay.actions", { name })}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      {asked === "edit" && <RelayDialog edited={relay} onClose={close} />}
      {asked === "reset" && (
        <ResetRelayDialog
          relay={relay}
          onClose={close}
          onMade={(made) => {
            close();
            onKey(made);
          }}
        />
      )}
      <ConfirmDialog
        isOpen={asked === "delete"}
        onClose={close}
        title={t("relay.delete.title", { name })}
        action={t("relay.delete")}
        isDanger
        onConfirm={() => {
          close();
          remove.mutate();
        }}
      >
        <p>{t("relay.delete.words")}</p>
      </ConfirmDialog>
    </>
  );
}

function useEntries({ _id }: Relay, ask: (what: "edit" | "reset" | "delete") => void) {
  const unavailability = useUnavailability();
  const unavailable = (action: string) => unavailability(action, `relay-proxy-config/${_id}`);
  return [
    {
      entries: [
        {
          id: "edit",
          label: t("relay.edit"),
          icon: <Pencil size={16} aria-hidden />,
          unavailable: unavailable("updateRelayAutoConfigurationPolicy"),
          onPress: () => ask("edit"),
        },
        {
          id: "reset",
          label: t("relay.reset"),
          icon: <KeyRound size={16} aria-hidden />,
          unavailable: unavailable("resetRelayAutoConfiguration"),
          onPress: () => ask("reset"),
        },
      ],
    },
    {
      entries: [
        {
          id: "delete",
          label: t("relay.delete"),
          icon: <Trash2 size={16} aria-hidden />,
          isDanger: true,
          unavailable: unavailable("deleteRelayAutoConfiguration"),
          onPress: () => ask("delete"),
        },
      ],
    },
  ];
}
