import { useQuery } from "@tanstack/react-query";
import { baseRoleName } from "../roles/base-roles.ts";
import { customRoles } from "../roles/role.ts";
import { formatList } from "../text/format.ts";
import { Badge } from "../ui/badge.tsx";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { t } from "./text.ts";
import { type AccessToken, endingOf, makerOf } from "./token.ts";
import { TokenMenu } from "./token-menu.tsx";

export function TokensTable({ tokens }: { readonly tokens: readonly AccessToken[] }) {
  return (
    <Table caption={t("tokens.title")}>
      <thead>
        <tr>
          <HeadCell>{t("tokens.name")}</HeadCell>
          <HeadCell className="max-md:hidden">{t("tokens.access")}</HeadCell>
          <HeadCell className="max-lg:hidden">{t("tokens.maker")}</HeadCell>
          <HeadCell className="max-sm:hidden">{t("tokens.lastUsed")}</HeadCell>
          <HeadCell className="max-lg:hidden">{t("tokens.expires")}</HeadCell>
          <HeadCell>
            <span className="sr-only">{t("tokens.actions")}</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token._id} token={token} />
        ))}
      </tbody>
    </Table>
  );
}

function TokenRow({ token }: { readonly token: AccessToken }) {
  const { name, serviceToken, lastUsed, expiresAt } = token;
  const maker = makerOf(token);
  const isOver = expiresAt !== undefined && expiresAt < Date.now();
  return (
    <tr className={isOver ? "text-ink3" : ""}>
      <Cell className="w-full max-w-0 py-1.5 sm:w-auto sm:max-w-80">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span translate="no" className="min-w-0 truncate font-medium text-ink">
            {name}
          </span>
          <Badge tone={serviceToken ? "info" : "plain"}>
            {serviceToken ? t("tokens.kind.service") : t("tokens.kind.personal")}
          </Badge>
          {isOver && <Badge tone="danger">{t("tokens.expired")}</Badge>}
        </div>
        <code className="text-[13px] text-ink3">{endingOf(token)}</code>
        <div className="text-[13px] text-ink2 md:hidden">
          <AccessWords token={token} />
        </div>
      </Cell>
      <Cell className="max-md:hidden">
        <AccessWords token={token} />
      </Cell>
      <Cell className="text-ink2 max-lg:hidden">
        {maker === "" ? (
          t("tokens.maker.none")
        ) : (
          <span translate="no" className="whitespace-nowrap">
            {maker}
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-ink2 max-sm:hidden">
        {lastUsed === 0 ? t("tokens.never") : <RelativeTime at={lastUsed} />}
      </Cell>
      <Cell className="whitespace-nowrap text-ink2 max-lg:hidden">
        {expiresAt === undefined ? t("tokens.never") : <RelativeTime at={expiresAt} />}
      </Cell>
      <Cell className="text-right">
        <TokenMenu token={token} />
      </Cell>
    </tr>
  );
}

function AccessWords({ token }: { readonly token: AccessToken }) {
  const roles = useQuery(customRoles);
  const { role, customRoleIds, inlineRole } = token;
  if (inlineRole !== undefined) return t("tokens.access.inline", { count: inlineRole.length });
  if (customRoleIds === undefined) return baseRoleName(role ?? "reader");
  const names = new Map(roles.data?.items.map(({ _id, name }) => [_id, name]));
  return <span translate="no">{formatList(customRoleIds.map((id) => names.get(id) ?? id))}</span>;
}
