import type { ReactNode } from "react";
import { t } from "./text.ts";

type Tone = "plain" | "on" | "critical" | "danger" | "info" | "outline";
const tones: Readonly<Record<Tone, string>> = {
  plain: "bg-sunken text-ink2",
  on: "bg-onbg text-on",
  critical: "border border-prod/40 bg-surface text-prod",
  danger: "bg-dangerbg text-danger",
  info: "bg-infobg text-link",
  outline: "border border-line text-ink2",
};

/** A fact in a word or two. */
export function Badge({
  tone = "plain",
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={`inline-flex h-5.5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap forced-colors:border ${tones[tone]}`}
    >
      {icon}
      {children}
    </span>
  );
}

/** An environment's name; that it is critical is told by word and colour. */
export function EnvironmentName({
  name,
  isCritical,
}: {
  readonly name: string;
  readonly isCritical: boolean;
}) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <b translate="no" className={`truncate font-semibold ${isCritical ? "text-prod" : ""}`}>
        {name}
      </b>
      {isCritical && <Badge tone="critical">{t("kit.critical")}</Badge>}
    </span>
  );
}
