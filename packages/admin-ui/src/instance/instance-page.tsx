import { useQuery } from "@tanstack/react-query";
import { Check, CircleAlert, CircleCheck, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { AccountHeader } from "../account/account-header.tsx";
import { RequestError } from "../api/request.ts";
import { formatNumber } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useCopy } from "../ui/copy.tsx";
import { Notice } from "../ui/notice.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { counted, type Instance, instance, isReady } from "./instance.ts";
import { formatSize } from "./size.ts";
import { t } from "./text.ts";

/** Which server this is, how it fares and what it holds. */
export function InstancePage() {
  const { data, error, refetch, isPending } = useQuery(instance);
  const isDenied = error instanceof RequestError && error.status === 403;
  useReady(!isPending);
  return (
    <>
      <AccountHeader title={t("instance.title")} actions={data && <CopyReport of={data} />} />
      {isDenied && <Notice>{t("instance.admins")}</Notice>}
      {error && !isDenied && (
        <ErrorState what={t("instance.what")} error={error} onRetry={refetch} />
      )}
      {isPending && <SkeletonRows count={4} />}
      {data !== undefined && (
        <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
          <ServerCard of={data} />
          <StorageCard of={data} />
          <Card title={t("instance.holds")}>
            <Facts
              facts={counted.map((name) => [
                t(`instance.${name}`),
                <span key={name} className="tabular-nums">
                  {formatNumber(data.counts[name])}
                </span>,
              ])}
            />
          </Card>
        </div>
      )}
    </>
  );
}

function ServerCard({ of }: { readonly of: Instance }) {
  return (
    <Card title={t("instance.server")}>
      <Facts
        facts={[
          [t("instance.health"), <Health key="health" />],
          [t("instance.version"), <Value key="version">{of.version}</Value>],
          [t("instance.license"), <Value key="license">{of.license}</Value>],
          [t("instance.node"), <Value key="node">{of.nodeVersion}</Value>],
          [t("instance.started"), <RelativeTime key="started" at={of.startedAt} />],
          [t("instance.memory"), <Value key="memory">{formatSize(of.memoryBytes)}</Value>],
        ]}
      />
    </Card>
  );
}

function StorageCard({ of: { database } }: { readonly of: Instance }) {
  const { engine, version, sizeBytes, freeBytes } = database;
  const size = formatSize(sizeBytes);
  return (
    <Card title={t("instance.storage")}>
      <Facts
        facts={[
          [t("instance.engine"), <Value key="engine">{`${engine} ${version}`}</Value>],
          [
            t("instance.size"),
            freeBytes === 0 ? (
              <Value key="size">{size}</Value>
            ) : (
              t("instance.size.free", { size, free: formatSize(freeBytes) })
            ),
          ],
        ]}
      />
    </Card>
  );
}

function Health() {
  const { data } = useQuery(isReady);
  if (data === undefined) return null;
  return (
    <span className={`inline-flex items-center gap-1.5 ${data ? "text-on" : "text-danger"}`}>
      {data ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
      {data ? t("instance.ready") : t("instance.notReady")}
    </span>
  );
}

function Value({ children }: { readonly children: string }) {
  return (
    <span translate="no" className="tabular-nums">
      {children}
    </span>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink3">{name}</dt>
          <dd className="min-w-0 text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What somebody who helps asks for first. */
function CopyReport({ of }: { readonly of: Instance }) {
  const [isCopied, copy] = useCopy(JSON.stringify(of, null, 2));
  return (
    <Button
      icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      onPress={copy}
    >
      {isCopied ? t("instance.copied") : t("instance.copy")}
    </Button>
  );
}
