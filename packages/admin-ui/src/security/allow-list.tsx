import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { AddressForm } from "./address-form.tsx";
import { type AllowedAddress, allowListPath as path } from "./allowed-address.ts";
import { t } from "./text.ts";

interface AllowListState {
  readonly isEnabled: boolean;
  readonly items: readonly AllowedAddress[];
}

const list = resource<AllowListState>(path);

/** The addresses from where people and scripts may come, and whether the list is in force. */
export function AllowList() {
  const { data, error, refetch } = useQuery(list);
  const unavailable = useUnavailable("updateIpAllowlistEnabled", "acct");
  const patch = (isEnabled: boolean) => request("PATCH", path, { isEnabled });
  const force = useChange<boolean>({
    path,
    send: patch,
    done: (isOn) => (isOn ? t("security.list.on") : t("security.list.off")),
    undo: (isOn) => patch(!isOn),
    failed: () => t("security.list.failed"),
  });
  return (
    <Card
      title={t("security.list")}
      actions={
        data !== undefined && (
          <span className="flex items-center gap-2">
            <span aria-hidden="true" className="text-[13px] text-ink2">
              {t("security.list.short")}
            </span>
            <Switch
              isOn={data.isEnabled}
              label={t("security.list.force")}
              isBusy={force.isPending}
              unavailable={unavailable}
              onPress={() => force.mutate(!data.isEnabled)}
            />
          </span>
        )
      }
    >
      <p className="mb-3 text-ink2">{t("security.list.words")}</p>
      {error && <ErrorState what={t("security.list")} error={error} onRetry={refetch} />}
      {data === undefined && !error && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <p className="mb-3 text-ink3">{t("security.list.empty")}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="mb-4 divide-y divide-line rounded-md border border-line">
          {data.items.map((entry) => (
            <AddressRow key={entry._id} entry={entry} />
          ))}
        </ul>
      )}
      <AddressForm />
    </Card>
  );
}

function AddressRow({ entry }: { readonly entry: AllowedAddress }) {
  const { _id, ipAddress: address, description } = entry;
  const remove = useChange<void>({
    path,
    send: () => request("DELETE", `${path}/${encodeURIComponent(_id)}`),
    done: () => t("security.removed", { address }),
    undo: () => request("POST", path, { ipAddress: address, description }),
    failed: () => t("security.remove.failed", { address }),
  });
  return (
    <li translate="no" className="flex flex-wrap items-center gap-x-3 px-3 py-1.5">
      <code className="text-[13px]">{address}</code>
      <span className="min-w-0 flex-1 truncate text-ink2">{description}</span>
      <IconButton
        label={t("security.remove", { address })}
        unavailable={useUnavailable("deleteIpAllowlistEntry", "acct")}
        onPress={() => remove.mutate()}
      >
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
