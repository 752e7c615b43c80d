import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { AccountHeader } from "../account/account-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { DeleteRole } from "./delete-role.tsx";
import { customRoles } from "./role.ts";
import { RoleEditor } from "./role-editor.tsx";
import { t } from "./text.ts";

/** One custom role, to be read and changed. */
export function RolePage() {
  const { role: key } = useParams({ from: "/signed-in/account/roles/$role" });
  const { data, error, refetch, isPending } = useQuery(customRoles);
  useReady(!isPending);
  const role = data?.items.find((one) => one.key === key);
  if (data !== undefined && role === undefined) {
    return (
      <NotFound title={t("role.notFound")}>
        <Link to="/account/roles" className="text-link underline">
          {t("role.back")}
        </Link>
      </NotFound>
    );
  }
  return (
    <>
      <AccountHeader
        title={role?.name ?? key}
        isName
        actions={role && <DeleteRole role={role} />}
      />
      {error && <ErrorState what={t("roles.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={4} />}
      {role !== undefined && <RoleEditor key={JSON.stringify(role)} role={role} />}
    </>
  );
}

/** A role that is not there yet. */
export function NewRolePage() {
  useReady(true);
  return (
    <>
      <AccountHeader title={t("role.new")} />
      <RoleEditor />
    </>
  );
}
