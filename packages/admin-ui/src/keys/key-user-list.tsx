import { Fragment } from "react";
import type { KeyUser } from "./key-users.ts";
import { t } from "./text.ts";

const shown = 3;

/** Apps and how many instances of each: "checkout-api ×2, pricing". */
export function KeyUsers({ users }: { readonly users: readonly KeyUser[] }) {
  const rest = users.slice(shown).reduce((sum, { count }) => sum + count, 0);
  return (
    <span translate="no">
      {users.slice(0, shown).map(({ name, count }, at) => (
        <Fragment key={name}>
          {at > 0 && ", "}
          <span className="whitespace-nowrap">
            {count === 1 ? name : t("keys.instances", { name, count })}
          </span>
        </Fragment>
      ))}
      {rest > 0 && ` +${rest}`}
    </span>
  );
}
