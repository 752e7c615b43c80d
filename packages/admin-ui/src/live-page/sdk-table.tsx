import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Environment } from "../api/representations.ts";
import { type ConnectedSdk, sdkInWords } from "../sdks/connected-sdk.ts";
import { Badge, EnvironmentName } from "../ui/badge.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Empty } from "../ui/states.tsx";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { t } from "./text.ts";

const shownAtFirst = 20;

interface SdkTableProps {
  readonly project: string;
  readonly sdks: readonly ConnectedSdk[];
  readonly environments: readonly Environment[];
}

/** The connected SDKs of a project, those of critical environments and those that lag first. */
export function SdkTable({ project, sdks, environments }: SdkTableProps) {
  const [shown, setShown] = useState(shownAtFirst);
  const sorted = inOrder(sdks, environments);
  const hidden = sorted.length - shown;
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="text-base font-semibold">{t("live.sdks")}</h2>
        <Counts sdks={sdks} environments={environments} />
      </div>
      {sdks.length === 0 ? (
        <Empty
          words={t("live.sdks.empty")}
          action={
            <Link
              to="/p/$project/first-run"
              params={{ project }}
              className={buttonClass("primary")}
            >
              {t("live.sdks.connect")}
            </Link>
          }
        />
      ) : (
        <Table caption={t("live.sdks.table")} isStacked>
          <thead>
            <tr>
              <HeadCell>{t("live.column.sdk")}</HeadCell>
              <HeadCell>{t("live.column.app")}</HeadCell>
              <HeadCell>{t("live.column.environment")}</HeadCell>
              <HeadCell className="max-lg:hidden">{t("live.column.version")}</HeadCell>
              <HeadCell>{t("live.column.lag")}</HeadCell>
              <HeadCell className="max-lg:hidden">{t("live.column.event")}</HeadCell>
              <HeadCell className="max-lg:hidden">{t("live.column.since")}</HeadCell>
              <HeadCell className="max-lg:hidden">{t("live.column.address")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((sdk) => (
              <SdkRow
                key={`${sdk.environment}/${sdk.id}`}
                sdk={sdk}
                environment={environments.find(({ key }) => key === sdk.environment)}
              />
            ))}
          </tbody>
        </Table>
      )}
      {hidden > 0 && (
        <Button look="quiet" className="mt-2" onPress={() => setShown(sorted.length)}>
          {t("live.sdks.more", { count: hidden })}
        </Button>
      )}
    </div>
  );
}

/** How many there are in each environment. */
function Counts({ sdks, environments }: Omit<SdkTableProps, "project">) {
  return (
    <ul className="flex flex-wrap gap-x-4 text-[13px] text-ink2">
      {environments.map(({ key, name }) => (
        <li key={key} translate="no" className="tabular-nums">
          {name} <b className="font-semibold text-ink">{countIn(sdks, key)}</b>
        </li>
      ))}
    </ul>
  );
}

function countIn(sdks: readonly ConnectedSdk[], environment: string): number {
  return sdks.filter((one) => one.environment === environment).length;
}

function inOrder(
  sdks: readonly ConnectedSdk[],
  environments: readonly Pick<Environment, "key" | "critical">[],
): readonly ConnectedSdk[] {
  const isCritical = new Set(environments.filter((one) => one.critical).map(({ key }) => key));
  const rank = ({ environment }: ConnectedSdk) => (isCritical.has(environment) ? 0 : 1);
  return sdks.toSorted((a, b) => {
    if (a.lagMs !== b.lagMs) return b.lagMs - a.lagMs;
    const byPlace = rank(a) - rank(b);
    return byPlace === 0 ? b.since - a.since : byPlace;
  });
}

function SdkRow(props: {
  readonly sdk: ConnectedSdk;
  readonly environment: Environment | undefined;
}) {
  const { sdk, environment } = props;
  return (
    <tr>
      <Cell className="font-medium whitespace-nowrap max-md:order-1 max-md:grow max-md:basis-3/5">
        <span translate="no">{sdkInWords(sdk)}</span>
      </Cell>
      <Cell className="text-[13px] max-md:order-4 max-md:mr-auto">
        <span translate="no">
          {sdk.application}
          {sdk.instance !== undefined && (
            <span
              title={sdk.instance}
              className="block max-w-48 truncate font-mono text-xs text-ink3 max-md:max-w-32"
            >
              {sdk.instance}
            </span>
          )}
        </span>
      </Cell>
      <Cell className="whitespace-nowrap max-md:order-3">
        {environment !== undefined && (
          <EnvironmentName name={environment.name} isCritical={environment.critical} />
        )}
      </Cell>
      <Cell className="text-[13px] whitespace-nowrap tabular-nums max-lg:hidden">
        <span translate="no">{sdk.servedVersion}</span>
      </Cell>
      <Cell className="max-md:order-2">
        {sdk.lagMs === 0 ? (
          <Badge tone="on">{t("live.current")}</Badge>
        ) : (
          <Badge tone="danger">{t("live.lags", { seconds: Math.ceil(sdk.lagMs / 1_000) })}</Badge>
        )}
      </Cell>
      <Cell className="text-[13px] text-ink2 max-lg:hidden">
        {sdk.lastEventAt === undefined ? (
          <span className="text-ink3">{t("live.noEvents")}</span>
        ) : (
          <RelativeTime at={sdk.lastEventAt} />
        )}
      </Cell>
      <Cell className="text-[13px] text-ink2 max-md:order-5 md:max-lg:hidden">
        <RelativeTime at={sdk.since} />
      </Cell>
      <Cell className="font-mono text-[13px] text-ink2 max-lg:hidden">
        <span translate="no">{sdk.address}</span>
      </Cell>
    </tr>
  );
}
