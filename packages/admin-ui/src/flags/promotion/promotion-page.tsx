import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Environment, Items } from "../../api/representations.ts";
import { Button, buttonClass, IconButton } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useReady } from "../../ui/ready.ts";
import { Select } from "../../ui/select.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Empty, ErrorState } from "../../ui/states.tsx";
import { useEnvironments } from "../flag-queries.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { PromotionList } from "./promotion-list.tsx";
import { t } from "./text.ts";

const shownAtFirst = 50;

interface Differing extends Items<FlagRepresentation> {
  readonly totalCount: number;
}

/** The flags that two environments serve otherwise, and what it would take to bring one to the other. */
export function PromotionPage(props: {
  readonly project: string;
  readonly from: string;
  readonly to: string;
}) {
  const { project, from, to } = props;
  const [limit, setLimit] = useState(shownAtFirst);
  const environments = useEnvironments(project).data?.items;
  const source = environments?.find(({ key }) => key === from);
  const target = environments?.find(({ key }) => key === to);
  const isPair = source !== undefined && target !== undefined && from !== to;
  const query = new URLSearchParams({ compare: "true", summary: "0", limit: String(limit) });
  for (const key of [from, to]) query.append("env", key);
  const differing = useQuery({
    ...resource<Differing>(`${apiPath("flags", project)}?${query}`),
    enabled: isPair,
    placeholderData: keepPreviousData,
  });
  const isKnown = environments !== undefined && (!isPair || !differing.isPending);
  useReady(isKnown || differing.error !== null);
  const { data } = differing;
  return (
    <>
      <PageHeader
        title={t("promotion.title")}
        parents={[
          <Link key="flags" to="/p/$project/flags" params={{ project }}>
            {t("promotion.flags")}
          </Link>,
        ]}
        actions={
          <Link to="/p/$project/flags" params={{ project }} className={buttonClass()}>
            {t("promotion.back")}
          </Link>
        }
      />
      {environments !== undefined && (
        <Pair environments={environments} from={from} to={to} count={data?.totalCount} />
      )}
      {!isKnown && differing.error === null && <SkeletonRows />}
      {environments !== undefined && !isPair && <Empty words={t("promotion.same")} />}
      {differing.error !== null && (
        <ErrorState
          what={t("promotion.what")}
          error={differing.error}
          onRetry={differing.refetch}
        />
      )}
      {isPair && data?.totalCount === 0 && (
        <Empty words={t("promotion.none", { from: source.name, to: target.name })} />
      )}
      {isPair && data !== undefined && data.totalCount > 0 && (
        <PromotionList
          key={`${from} ${to}`}
          project={project}
          flags={data.items}
          from={source}
          to={target}
        />
      )}
      {data !== undefined && data.items.length < data.totalCount && (
        <Button className="mt-3" onPress={() => setLimit(limit + shownAtFirst)}>
          {t("promotion.more")}
        </Button>
      )}
    </>
  );
}

function Pair(props: {
  readonly environments: readonly Environment[];
  readonly from: string;
  readonly to: string;
  readonly count: number | undefined;
}) {
  const { environments, from, to, count } = props;
  const navigate = useNavigate();
  const go = (one: string, other: string) =>
    void navigate({ to: ".", search: { compare: `${one},${other}` }, replace: true });
  const choices = environments.map(({ key, name }) => ({ id: key, label: name }));
  return (
    <div className="mb-4 flex flex-wrap items-end gap-2">
      <Select
        label={t("promotion.from")}
        areNames
        choices={choices}
        value={from}
        onChange={(key) => go(key, to)}
        className="w-48 max-md:flex-1"
      />
      <IconButton label={t("promotion.swap")} look="secondary" onPress={() => go(to, from)}>
        <ArrowLeftRight size={16} aria-hidden />
      </IconButton>
      <Select
        label={t("promotion.to")}
        areNames
        choices={choices}
        value={to}
        onChange={(key) => go(from, key)}
        className="w-48 max-md:flex-1"
      />
      <p role="status" className="ml-auto flex h-8 items-center text-[13px] text-ink2 tabular-nums">
        {count !== undefined && t("promotion.count", { count })}
      </p>
    </div>
  );
}
