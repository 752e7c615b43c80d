import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { baseRoleChoices } from "../roles/base-roles.ts";
import { customRoles } from "../roles/role.ts";
import { SearchField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { type MemberFilter, memberStates } from "./member.ts";
import { t } from "./text.ts";

interface MemberFiltersProps {
  readonly filter: MemberFilter;
  readonly onChange: (change: MemberFilter) => void;
  readonly inputRef: Ref<HTMLInputElement>;
  /** How many fit, of how many; undefined until they are known. */
  readonly counts: { readonly found: number; readonly all: number } | undefined;
}

export function MemberFilters({ filter, onChange, inputRef, counts }: MemberFiltersProps) {
  const states = memberStates.map((id) => ({ id, label: t(`members.state.${id}`) }));
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField
        label={t("members.filter")}
        placeholder={t("members.filter")}
        keys="/"
        inputRef={inputRef}
        value={filter.q ?? ""}
        onChange={(q) => onChange({ q: q === "" ? undefined : q })}
        className="w-full sm:min-w-52 sm:max-w-80 sm:flex-1"
      />
      <RoleFilter role={filter.role} onChange={(role) => onChange({ role })} />
      <Select
        label={t("members.state")}
        isLabelHidden
        choices={[{ id: "any", label: t("members.state.any") }, ...states]}
        value={filter.state ?? "any"}
        onChange={(state) => onChange({ state: state === "any" ? undefined : state })}
        className="w-36"
      />
      <span role="status" className="ml-auto text-[13px] text-ink3">
        {counts !== undefined &&
          (counts.found === counts.all
            ? t("members.count", { count: counts.all })
            : t("members.shown", { shown: counts.found, all: counts.all }))}
      </span>
    </div>
  );
}

function RoleFilter(props: {
  readonly role: string | undefined;
  readonly onChange: (role: string | undefined) => void;
}) {
  const roles = useQuery(customRoles);
  const choices = [
    { id: "any", label: t("members.role.any") },
    ...baseRoleChoices("owner").map(({ id, label }) => ({ id: String(id), label })),
    ...(roles.data?.items ?? []).map(({ _id, name }) => ({ id: _id, label: name })),
  ];
  return (
    <Select
      label={t("members.role")}
      isLabelHidden
      choices={choices}
      value={props.role ?? "any"}
      onChange={(role) => props.onChange(role === "any" ? undefined : role)}
      className="w-36"
    />
  );
}
