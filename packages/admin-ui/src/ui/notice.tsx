import type { ReactNode } from "react";

/** A stripe over a part of the page: archived, read-only, not connected. */
export function Notice({
  tone = "plain",
  children,
}: {
  readonly tone?: "plain" | "critical" | "danger" | "info";
  readonly children: ReactNode;
}) {
  const look = {
    plain: "border-line2 bg-sunken text-ink2",
    critical: "border-prod/40 bg-prodbg text-prod",
    danger: "border-danger/40 bg-dangerbg text-danger",
    info: "border-link/30 bg-infobg text-ink",
  }[tone];
  return <div className={`rounded-lg border p-3 ${look}`}>{children}</div>;
}
