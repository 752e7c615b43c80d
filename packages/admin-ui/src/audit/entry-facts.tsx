import type { ReactNode } from "react";
import { formatMoment } from "../text/format.ts";
import { KeyCopy } from "../ui/copy.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import type { AuditEntry } from "./audit-entry.ts";
import { Door } from "./door.tsx";
import { t } from "./text.ts";

/** Who, when, by which way and from where. */
export function EntryFacts({ entry }: { readonly entry: AuditEntry }) {
  const { member, token, _origin: origin, target } = entry;
  const person = `${member?.firstName ?? ""} ${member?.lastName ?? ""}`.trim();
  return (
    <Disclosure title={t("audit.facts")}>
      <dl className="grid gap-x-4 gap-y-1 text-[13px] sm:grid-cols-[7rem_1fr]">
        <Fact name={t("audit.at")}>
          <time dateTime={new Date(entry.date).toISOString()}>{formatMoment(entry.date)}</time>
        </Fact>
        <Fact name={t("audit.by")}>
          <span translate="no">
            {[entry.subject.name, person === entry.subject.name ? "" : person, member?.email ?? ""]
              .filter((word) => word !== "")
              .join(" · ")}
          </span>
        </Fact>
        <Fact name={t("audit.through")}>
          <span className="inline-flex flex-wrap gap-x-2">
            <Door entry={entry} />
            {token?.ending !== undefined && (
              <code translate="no" className="text-ink2">
                …{token.ending}
              </code>
            )}
          </span>
        </Fact>
        {origin !== undefined && (
          <Fact name={t("audit.address")}>
            <code translate="no">{origin.ip}</code>
          </Fact>
        )}
        {origin?.userAgent !== undefined && (
          <Fact name={t("audit.program")}>
            <code translate="no" className="break-all text-ink2">
              {origin.userAgent}
            </code>
          </Fact>
        )}
        <Fact name={t("audit.resources")}>
          <ul translate="no" className="min-w-0 break-all font-mono text-[12.5px]">
            {target.resources.map((resource) => (
              <li key={resource}>{resource}</li>
            ))}
          </ul>
        </Fact>
        <Fact name={t("audit.id")}>
          <KeyCopy value={entry._id} />
        </Fact>
      </dl>
    </Disclosure>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink3">{name}</dt>
      <dd className="min-w-0 max-sm:mb-1">{children}</dd>
    </>
  );
}
