import { useMutation, useQuery } from "@tanstack/react-query";
import { Link2, ShieldAlert, ShieldCheck } from "lucide-react";
import { resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatClock, formatMoment } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { sayFailure } from "../ui/toast.tsx";
import { t } from "./text.ts";

interface Verification {
  readonly isWhole: boolean;
  readonly histories: number;
  readonly checkpoints: number;
  readonly problems: readonly { readonly message: string }[];
}

interface NewestCheckpoint {
  /** JSON, as it was signed. */
  readonly statement?: string;
}

/** That nothing of the log was changed: what holds it together, and how to see for oneself. */
export function ChainLine() {
  const signed = useQuery({
    ...resource<NewestCheckpoint>("/api/v2/audit/checkpoint"),
    retry: false,
  });
  const verification = useMutation({
    mutationFn: async () => {
      const found = await request<Verification>("POST", "/api/v2/audit/verification", {});
      return { ...found, at: Date.now() };
    },
    onError: (error) => sayFailure(t("audit.chain.failed"), error.message),
  });
  const { data: result } = verification;
  const signedAt = timeOf(signed.data);
  return (
    <div className="mb-4">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-ink2">
        <span className="inline-flex items-center gap-1.5">
          <Link2 size={14} aria-hidden className="shrink-0 text-ink3" />
          {t("audit.chain")}
        </span>
        {signedAt !== undefined && (
          <span>{t("audit.chain.signed", { time: formatMoment(signedAt) })}</span>
        )}
        <Button
          look="link"
          isPending={verification.isPending}
          unavailable={useUnavailable("verifyAuditLog", "acct")}
          onPress={() => verification.mutate()}
        >
          {t("audit.chain.verify")}
        </Button>
      </div>
      <div role="status">
        {result?.isWhole === true && (
          <p className="flex items-center gap-1.5 text-[13px] text-on">
            <ShieldCheck size={14} aria-hidden className="shrink-0" />
            {t("audit.chain.whole", {
              time: formatClock(result.at),
              histories: result.histories,
              checkpoints: result.checkpoints,
            })}
          </p>
        )}
        {result?.isWhole === false && (
          <Notice tone="danger">
            <p className="flex items-center gap-1.5 font-semibold">
              <ShieldAlert size={16} aria-hidden />
              {t("audit.chain.broken")}
            </p>
            <ul translate="no" className="mt-1 list-disc pl-5">
              {result.problems.map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
    </div>
  );
}

/** When the newest statement was signed. */
function timeOf(checkpoint: NewestCheckpoint | undefined): number | undefined {
  if (checkpoint?.statement === undefined) return undefined;
  const { at }: { at?: unknown } = JSON.parse(checkpoint.statement);
  return typeof at === "number" ? at : undefined;
}
