import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { AccountHeader } from "../account/account-header.tsx";
import { statementWords } from "../roles/statement-words.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { formatDay } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { type MadeRelay, makerOf, type Relay, relays } from "./relay.ts";
import { RelayDialog } from "./relay-dialog.tsx";
import { RelayKeyDialog } from "./relay-key-dialog.tsx";
import { RelayMenu } from "./relay-menu.tsx";
import { t } from "./text.ts";

/** The keys under which relays learn their environments. */
export function RelaysPage() {
  const { data, error, refetch, isPending } = useQuery(relays);
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<MadeRelay>();
  const unavailable = useUnavailable("createRelayAutoConfiguration", "relay-proxy-config/*");
  useReady(!isPending);
  const create = () => setCreating(true);
  useShortcut("c", t("relays.create"), create, unavailable === undefined);
  const button = (
    <Button
      look="primary"
      icon={<Plus size={16} aria-hidden />}
      keys="c"
      unavailable={unavailable}
      onPress={create}
    >
      {t("relays.create")}
    </Button>
  );
  const hasSome = data !== undefined && data.items.length > 0;
  return (
    <>
      <AccountHeader title={t("relays.title")} actions={hasSome && button} />
      {error && <ErrorState what={t("relays.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <Empty words={t("relays.empty")} action={button} />}
      {hasSome && (
        <ul className="space-y-3">
          {data.items.map((relay) => (
            <RelayRow key={relay._id} relay={relay} onKey={setMade} />
          ))}
        </ul>
      )}
      {isCreating && (
        <RelayDialog
          onClose={() => setCreating(false)}
          onMade={(relay) => {
            setCreating(false);
            setMade(relay);
          }}
        />
      )}
      {made !== undefined && <RelayKeyDialog relay={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

interface RelayRowProps {
  readonly relay: Relay;
  readonly onKey: (made: MadeRelay) => void;
}

function RelayRow({ relay, onKey }: RelayRowProps) {
  const { name, policy, displayKey, creationDate } = relay;
  const day = formatDay(creationDate);
  const maker = makerOf(relay);
  return (
    <li className="flex items-start gap-3 rounded-lg border border-line bg-surface p-3">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2">
          <b translate="no" className="min-w-0 font-semibold break-words">
            {name}
          </b>
          <code className="text-[13px] text-ink3">••••{displayKey}</code>
        </div>
        <ul className="mt-0.5 space-y-0.5 text-ink2">
          {policy.map((statement) => (
            <li key={JSON.stringify(statement)} className="break-words">
              {statementWords(statement)}
            </li>
          ))}
        </ul>
        <p className="mt-0.5 text-[13px] text-ink3">
          {maker === "" ? t("relay.made", { day }) : t("relay.madeBy", { day, name: maker })}
        </p>
      </div>
      <RelayMenu relay={relay} onKey={onKey} />
    </li>
  );
}
