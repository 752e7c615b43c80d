import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { memo, type ReactNode } from "react";
import { formatDay } from "../../text/format.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { CopyIcon } from "./copy-icon.tsx";
import { EnvironmentCell } from "./environment-cell.tsx";
import { differs, kindOf, type ListedFlag, ownerOf } from "./listed-flag.ts";
import type { SteadyMatrix } from "./matrix.ts";
import type { OptionalColumn } from "./preferences.ts";
import { Star } from "./star.tsx";
import { t } from "./text.ts";
import type { FlagActivities, FlagStatus } from "./use-flag-rows.ts";

interface MatrixRowProps {
  readonly index: number;
  readonly flag: ListedFlag;
  readonly height: number;
  readonly isSelected: boolean;
  readonly status: FlagStatus | undefined;
  /** The flag's switches that are on their way. */
  readonly busy: string;
  readonly evaluations: FlagActivities["evaluations"];
  readonly matrix: SteadyMatrix;
}

const cell =
  "border-t border-line px-3 bg-surface group-hover/row:bg-canvas group-data-selected/row:bg-infobg";

/** A flag, with a cell for each environment. Drawn anew only when something of it has changed. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { index, flag, height, isSelected, matrix } = props;
  const { environments, columns, project } = matrix;
  const isCompact = height < 48;
  return (
    <tr
      data-row={index}
      data-key={flag.key}
      data-selected={isSelected || undefined}
      data-compact={isCompact || undefined}
      aria-rowindex={index + 2}
      style={{ height }}
      className="group/row"
    >
      <td className={`${cell} sticky left-0 z-10 pr-0`}>
        <RowCheckbox flag={flag} isSelected={isSelected} onSelect={matrix.onSelect} />
      </td>
      <th scope="row" className={`${cell} sticky left-9 z-10 font-normal`}>
        <div className={isCompact ? "flex items-center gap-2" : ""}>
          <div className="flex min-w-0 items-center gap-1.5">
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: flag.key }}
              preload={false}
              translate="no"
              title={flag.name}
              className="truncate rounded font-semibold text-ink hover:text-link hover:underline"
            >
              {flag.name}
            </Link>
            <FlagBadges flag={flag} />
            <Star project={project} flag={flag} isAside />
          </div>
          {!isCompact && (
            <div className="flex items-center gap-1 text-xs text-ink3">
              <code translate="no" title={flag.key} className="min-w-0 truncate font-mono">
                {flag.key}
              </code>
              <span className="shrink-0">· {t(`list.kind.${kindOf(flag)}`)}</span>
              <CopyIcon value={flag.key} />
            </div>
          )}
        </div>
      </th>
      {environments.map((environment, at) => (
        <td key={environment.key} className={cell}>
          <EnvironmentCell
            flag={flag}
            environment={environment}
            isBusy={props.busy.split(",").includes(`${flag.key} ${environment.key}`)}
            activity={props.evaluations.get(`${flag.key} ${environment.key}`)}
            differsFrom={
              differs(flag, environment.key, environments[at - 1]?.key)
                ? environments[at - 1]?.name
                : undefined
            }
            unavailable={matrix.unavailable.get(environment.key)}
            isDrafted={matrix.drafted.has(`${flag.key} ${environment.key}`)}
            onSwitch={matrix.onSwitch}
          />
        </td>
      ))}
      {columns.map((column) => (
        <td key={column} className={`${cell} text-[13px] text-ink2`}>
          {facts[column](flag, props.status)}
        </td>
      ))}
    </tr>
  );
});

/** A plain one: there are many of them. */
export function RowCheckbox(props: {
  readonly flag: ListedFlag;
  readonly isSelected: boolean;
  readonly onSelect: (key: string) => void;
}) {
  const { flag, isSelected, onSelect } = props;
  return (
    <label className="relative grid size-6 place-items-center">
      <input
        type="checkbox"
        checked={isSelected}
        aria-label={t("list.row.select", { flag: flag.name })}
        onChange={() => onSelect(flag.key)}
        className="peer size-4 appearance-none rounded border border-line2 bg-surface checked:border-primary checked:bg-primary forced-colors:appearance-auto"
      />
      <Check
        size={12}
        strokeWidth={3}
        aria-hidden
        className="pointer-events-none absolute hidden text-onprimary peer-checked:block forced-colors:hidden"
      />
    </label>
  );
}

export function FlagBadges({ flag }: { readonly flag: ListedFlag }) {
  return (
    <>
      {flag.archived && <Badge>{t("list.archived")}</Badge>}
      {flag.deprecated && <Badge tone="critical">{t("list.deprecated")}</Badge>}
    </>
  );
}

export function StatusBadge({
  flag,
  status,
}: {
  flag: ListedFlag;
  status: FlagStatus | undefined;
}) {
  if (status === undefined) return null;
  const isDone = status === "launched" && flag.temporary;
  return (
    <span title={t(`list.status.${status}.why`)}>
      <Badge tone={isDone ? "info" : status === "active" ? "on" : "outline"}>
        {t(`list.status.${status}`)}
      </Badge>
    </span>
  );
}

const facts: Readonly<
  Record<OptionalColumn, (flag: ListedFlag, status: FlagStatus | undefined) => ReactNode>
> = {
  tags: ({ tags }) => <TagList tags={tags} />,
  status: (flag, status) => <StatusBadge flag={flag} status={status} />,
  owner: (flag) => {
    const owner = ownerOf(flag);
    if (owner === undefined) return <span className="sr-only">{t("list.owner.none")}</span>;
    return (
      <span title={owner} className="flex items-center gap-1.5">
        <Avatar name={owner} size="small" />
      </span>
    );
  },
  age: ({ creationDate }) => <span className="whitespace-nowrap">{formatDay(creationDate)}</span>,
};

function TagList({ tags }: { readonly tags: readonly string[] }) {
  const [first, ...others] = tags;
  if (first === undefined) return null;
  return (
    <span translate="no" title={tags.join(", ")} className="flex min-w-0 items-center gap-1">
      <span className="min-w-0 truncate rounded bg-sunken px-1.5 text-xs leading-5.5 font-medium">
        {first}
      </span>
      {others.length > 0 && <span className="text-xs text-ink3">+{others.length}</span>}
      <span className="sr-only">{others.join(", ")}</span>
    </span>
  );
}
