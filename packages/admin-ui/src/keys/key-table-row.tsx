import { useState } from "react";
import { useUnavailable } from "../session/unavailable.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { Cell } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { endingOf, isWhole, type KeyRow } from "./environment-key.ts";
import type { KeyProps } from "./key-props.ts";
import { KeyUsers } from "./key-user-list.tsx";
import { usersOf } from "./key-users.ts";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import { t } from "./text.ts";

const words = {
  sdk: "keys.sdk.words",
  mobile: "keys.mobile.words",
  client: "keys.client.words",
  furtherSdk: "keys.further.sdk",
  furtherMobile: "keys.further.mobile",
  former: "keys.former",
} as const;

export function KeyTableRow(props: KeyProps) {
  const { row, environment, sdks } = props;
  const { kind, key, createdAt, expiresAt } = row;
  const users = usersOf(key, environment.key, sdks);
  return (
    <tr>
      <Cell className="min-w-44 py-2 max-md:order-1 max-md:flex-1">
        <KeyName row={row} />
        <span className="block text-xs text-ink3">
          {kind === "former" && users.length > 0
            ? t.rich("keys.former.still", { users: <KeyUsers key="users" users={users} /> })
            : t(words[kind])}
        </span>
        {expiresAt !== undefined && <Expiry at={expiresAt} />}
      </Cell>
      <Cell className="max-md:order-3 max-md:mr-auto max-md:shrink-0">
        <TheKey row={row} />
      </Cell>
      <Cell className="text-[13px] whitespace-nowrap text-ink2 max-lg:hidden">
        {createdAt !== undefined && <RelativeTime at={createdAt} />}
      </Cell>
      <Cell className="text-[13px] max-md:order-4">
        {users.length === 0 ? (
          <span className="text-ink3">{t("keys.unused")}</span>
        ) : (
          <KeyUsers users={users} />
        )}
      </Cell>
      <Cell className="text-right whitespace-nowrap max-md:order-2">
        {(kind === "sdk" || kind === "mobile") && <Rotate {...props} kind={kind} />}
        {row.name !== undefined && <Revoke {...props} />}
      </Cell>
    </tr>
  );
}

function KeyName({ row: { kind, name } }: { readonly row: KeyRow }) {
  if (kind === "sdk" || kind === "mobile" || kind === "client")
    return <b className="font-medium">{t(`keys.${kind}`)}</b>;
  return (
    <b translate="no" className="font-medium">
      {name}
    </b>
  );
}

function TheKey({ row: { kind, key } }: { readonly row: KeyRow }) {
  if (isWhole(key)) return <KeyCopy value={kind === "client" ? key : endingOf(key)} copied={key} />;
  return (
    <span className="text-[13px]">
      <code translate="no" className="text-ink2">
        {key}
      </code>
      <span className="block text-xs text-ink3">{t("keys.hidden", { action: "viewSdkKey" })}</span>
    </span>
  );
}

function Expiry({ at }: { readonly at: number }) {
  const isOver = at <= Date.now();
  return (
    <Badge tone={isOver ? "danger" : "critical"}>
      {t.rich(isOver ? "keys.expired" : "keys.expires", {
        when: <RelativeTime key="when" at={at} />,
      })}
    </Badge>
  );
}

function Rotate(props: KeyProps & { readonly kind: "sdk" | "mobile" }) {
  const { project, environment, kind } = props;
  const [isOpen, setOpen] = useState(false);
  const action = kind === "sdk" ? "updateApiKey" : "updateMobileKey";
  const unavailable = useUnavailable(action, `proj/${project}:env/${environment.key}`);
  return (
    <>
      <Button onPress={() => setOpen(true)} unavailable={unavailable}>
        {t("keys.rotate")}
      </Button>
      <RotateDialog {...props} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function Revoke(props: KeyProps) {
  const { project, environment, row } = props;
  const [isOpen, setOpen] = useState(false);
  const unavailable = useUnavailable("deleteSdkKey", `proj/${project}:env/${environment.key}`);
  return (
    <>
      <Button look="danger" onPress={() => setOpen(true)} unavailable={unavailable}>
        {t(row.kind === "former" ? "keys.expireNow" : "keys.revoke")}
      </Button>
      <RevokeDialog {...props} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
