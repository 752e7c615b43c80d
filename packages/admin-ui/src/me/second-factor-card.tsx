import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck, ShieldOff } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { refresh, resource } from "../api/queries.ts";
import { secondFactorPath } from "../session/second-factor.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Bone, Skeleton } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { RemoveFactorDialog } from "./remove-factor-dialog.tsx";
import { t } from "./text.ts";

const SecondFactorSteps = lazy(async () => ({
  default: (await import("../session/second-factor-steps.tsx")).SecondFactorSteps,
}));

interface SecondFactor {
  readonly isOn: boolean;
  readonly recoveryCodesLeft: number;
}

const secondFactor = resource<SecondFactor>(secondFactorPath);
const fewCodes = 3;

/** The authenticator app: whether there is one, adding it, taking it away. */
export function SecondFactorCard() {
  const { data, error, refetch } = useQuery(secondFactor);
  return (
    <Card title={t("me.factor")}>
      {error && <ErrorState what={t("me.factor")} error={error} onRetry={refetch} />}
      {data === undefined && !error && (
        <Skeleton>
          <Bone className="h-16" />
        </Skeleton>
      )}
      {data !== undefined && <FactorState factor={data} />}
    </Card>
  );
}

function FactorState({ factor: { isOn, recoveryCodesLeft } }: { readonly factor: SecondFactor }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<"add" | "remove">();
  const close = () => {
    setOpen(undefined);
    void refresh(client);
  };
  const Icon = isOn ? ShieldCheck : ShieldOff;
  return (
    <>
      <div className="flex items-start gap-3">
        <Icon size={20} className={isOn ? "text-on" : "text-ink3"} aria-hidden />
        <div className="min-w-0 flex-1">
          <p>{isOn ? t("me.factor.on") : t("me.factor.off")}</p>
          {isOn && (
            <p className="mt-1 text-[13px] text-ink2">
              {t("me.factor.codes", { count: recoveryCodesLeft })}
            </p>
          )}
          {isOn && recoveryCodesLeft <= fewCodes && (
            <p className="mt-1 text-[13px] text-prod">{t("me.factor.few")}</p>
          )}
        </div>
      </div>
      <Button
        look={isOn ? "danger" : "primary"}
        className="mt-3"
        onPress={() => setOpen(isOn ? "remove" : "add")}
      >
        {isOn ? t("me.factor.remove") : t("me.factor.add")}
      </Button>
      {/* Pressing beside it must not cost the codes, which are shown once. */}
      <Dialog isOpen={open === "add"} onClose={close} title={t("me.factor.add")} isHeld>
        <Suspense>
          <SecondFactorSteps onKept={close} />
        </Suspense>
      </Dialog>
      {open === "remove" && <RemoveFactorDialog onClose={close} />}
    </>
  );
}
