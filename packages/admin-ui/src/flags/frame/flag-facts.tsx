import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { KeyCopy } from "../../ui/copy.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useFlagPage } from "./flag-page-context.ts";
import { kindInWords, maintainerOf } from "./shown-flag.ts";
import { t } from "./text.ts";

const dayMs = 86_400_000;
const refetchMs = 30_000;

/** What there is to know of a flag before reading it: below its name. */
export function FlagFacts() {
  const { flag } = useFlagPage();
  const maintainer = maintainerOf(flag);
  return (
    <>
      <KeyCopy value={flag.key} />
      <Badge>{t("frame.kind", { kind: kindInWords(flag), count: flag.variations.length })}</Badge>
      <Badge>{ageInWords(flag.temporary, flag.creationDate)}</Badge>
      {flag.archived && <Badge tone="danger">{t("frame.archived")}</Badge>}
      {flag.deprecated && <Badge tone="outline">{t("frame.deprecated")}</Badge>}
      <Status />
      <ConnectedSdks />
      {maintainer !== undefined && (
        <span className="text-[13px]">
          {t.rich("frame.maintainer", {
            name: (
              <span key="name" translate="no">
                {maintainer}
              </span>
            ),
          })}
        </span>
      )}
    </>
  );
}

function ageInWords(isTemporary: boolean, creationDate: number): string {
  if (!isTemporary) return t("frame.permanent");
  const days = Math.floor((Date.now() - creationDate) / dayMs);
  return days < 1 ? t("frame.temporary") : t("frame.temporary.days", { count: days });
}

const statusTexts = {
  new: "frame.status.new",
  active: "frame.status.active",
  launched: "frame.status.launched",
  inactive: "frame.status.inactive",
} as const;

interface FlagStatus {
  readonly name: keyof typeof statusTexts;
  /** ISO 8601. */
  readonly lastRequested?: string;
}

/** Whether code still asks for the flag in the chosen environment. */
function Status() {
  const { project, flag, environment } = useFlagPage();
  const path = apiPath("flag-statuses", project, environment.key, flag.key);
  const { data } = useQuery(resource<FlagStatus>(path));
  if (data === undefined || flag.archived) return null;
  return (
    <Badge tone={data.name === "active" ? "on" : "plain"}>
      {t(statusTexts[data.name])}
      {data.lastRequested !== undefined && (
        <span className="font-normal">
          <RelativeTime at={Date.parse(data.lastRequested)} />
        </span>
      )}
    </Badge>
  );
}

/** How many SDKs are connected to the chosen environment; nothing where there are none. */
function ConnectedSdks() {
  const { project, environment } = useFlagPage();
  const path = `${apiPath("projects", project, "sdks")}?limit=1&env=${encodeURIComponent(environment.key)}`;
  const { data } = useQuery({
    ...resource<{ readonly totalCount: number }>(path),
    refetchInterval: refetchMs,
  });
  if (data === undefined || data.totalCount === 0) return null;
  return <Badge tone="on">{t("frame.sdks", { count: data.totalCount })}</Badge>;
}
