import { keyFromName } from "../flags/key-from-name.ts";
import type { CustomRole } from "./role.ts";
import { emptyStatement, isComplete, type Statement } from "./statement.ts";
import { t } from "./text.ts";

/** What is typed of a role. */
export interface RoleDraft {
  readonly name: string;
  /** Follows the name until somebody types it. */
  readonly key: string | undefined;
  readonly description: string;
  readonly basePermissions: CustomRole["basePermissions"];
  readonly policy: readonly Statement[];
}

export function draftOf(role: CustomRole | undefined): RoleDraft {
  if (role === undefined) {
    return {
      name: "",
      key: undefined,
      description: "",
      basePermissions: "reader",
      policy: [emptyStatement],
    };
  }
  const { name, key, description, basePermissions, policy } = role;
  return { name, key, description, basePermissions, policy };
}

export function keyOf({ key, name }: RoleDraft): string {
  return key ?? keyFromName(name);
}

const fit = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

/** What is wrong, by field. */
export function problemsOf(draft: RoleDraft): {
  readonly name?: string;
  readonly key?: string;
  readonly policy?: true;
} {
  return {
    ...(draft.name.trim() === "" ? { name: t("role.name.missing") } : {}),
    ...(draft.name.trim() !== "" && !fit.test(keyOf(draft)) ? { key: t("role.key.wrong") } : {}),
    ...(draft.policy.every(isComplete) ? {} : { policy: true }),
  };
}
