import { nearest } from "@halyard/instructions";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { flagNames } from "../../palette/flag-names.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Empty, EmptyFiltered } from "../../ui/states.tsx";
import { t } from "./text.ts";
import type { ListFilter } from "./use-list-filter.ts";

/** Nothing is there yet, or nothing that fits: then what is near. */
export function NoFlags({
  project,
  filter,
}: {
  readonly project: string;
  readonly filter: ListFilter;
}) {
  const { text, setText } = filter;
  if (text !== "") {
    return (
      <EmptyFiltered
        words={t("list.empty.filtered", { filter: text })}
        nearest={<Nearest project={project} typed={filter.filter.words} onChoose={setText} />}
        onClear={() => setText("")}
      />
    );
  }
  return (
    <Empty
      words={t("list.empty")}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <Link to="/p/$project/flags/new" params={{ project }} className={buttonClass("primary")}>
            {t("list.create")}
          </Link>
          <Link to="/p/$project/settings/import" params={{ project }} className={buttonClass()}>
            {t("list.import")}
          </Link>
        </span>
      }
      code="halyard flags create checkout --variations old,new"
    />
  );
}

function Nearest(props: {
  readonly project: string;
  readonly typed: string;
  readonly onChoose: (text: string) => void;
}) {
  const { project, typed, onChoose } = props;
  const { data } = useQuery({
    ...flagNames(project),
    enabled: typed !== "",
  });
  const meant = useMemo(
    () =>
      nearest(
        typed,
        (data?.items ?? []).map(({ key }) => key),
      ),
    [typed, data],
  );
  if (typed === "" || meant === undefined) return null;
  return (
    <button type="button" onClick={() => onChoose(meant)} className="text-link underline">
      {t("list.nearest", { key: meant })}
    </button>
  );
}
