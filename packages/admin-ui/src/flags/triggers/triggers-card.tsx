import { Plus } from "lucide-react";
import { useState } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { AddressDialog } from "./address-dialog.tsx";
import { NewTriggerDialog } from "./new-trigger-dialog.tsx";
import { t } from "./text.ts";
import { useTriggers } from "./trigger-queries.ts";
import { TriggerRow } from "./trigger-row.tsx";

/** The addresses by which other systems switch the flag in the chosen environment. */
export function TriggersCard() {
  const { project, flag, environment } = useFlagPage();
  const { path, data, error, refetch } = useTriggers();
  const [isCreating, setCreating] = useState(false);
  const [address, setAddress] = useState<string>();
  const here = { environment: environment.name };
  const unavailable = useUnavailable(
    "createTriggers",
    `proj/${project}:env/${environment.key}:flag/${flag.key}`,
  );
  return (
    <Card
      title={t("triggers.title", here)}
      actions={
        <Button
          look="quiet"
          icon={<Plus size={16} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setCreating(true)}
        >
          {t("triggers.create")}
        </Button>
      }
    >
      <p className="text-ink2">
        {t("triggers.words")} {data?.items.length === 0 && t("triggers.none", here)}
      </p>
      {data === undefined && error === null && (
        <Skeleton>
          <Bone className="mt-3 h-10 w-full" />
        </Skeleton>
      )}
      {data === undefined && error !== null && (
        <div className="mt-3">
          <ErrorState what={t("triggers.what")} error={error} onRetry={refetch} />
        </div>
      )}
      <ul aria-label={t("triggers.list")} className="divide-y divide-line">
        {data?.items.map((trigger) => (
          <TriggerRow
            key={trigger._id}
            path={path}
            trigger={trigger}
            onAddress={({ triggerURL }) => setAddress(triggerURL)}
          />
        ))}
      </ul>
      {isCreating && (
        <NewTriggerDialog
          path={path}
          onClose={() => setCreating(false)}
          onMade={({ triggerURL }) => {
            setCreating(false);
            setAddress(triggerURL);
          }}
        />
      )}
      {address !== undefined && (
        <AddressDialog address={address} onClose={() => setAddress(undefined)} />
      )}
    </Card>
  );
}
