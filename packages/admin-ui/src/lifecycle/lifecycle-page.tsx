import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath, resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { useProject } from "../shell/project.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { NumberField } from "../ui/field.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import {
  areValid,
  type LifecycleRules,
  lifecyclePath,
  mostDays,
  ruleNames,
  rulesPatch,
  usualRules,
} from "./lifecycle.ts";
import { t } from "./text.ts";

/** When flags come onto the clean-up board. */
export function LifecyclePage() {
  const project = useProject();
  const { data, error, refetch, isPending } = useQuery(
    resource<LifecycleRules>(lifecyclePath(project)),
  );
  useReady(!isPending);
  return (
    <SettingsFrame
      title={t("lifecycle.title")}
      words={t("lifecycle.words")}
      actions={
        <Link to="/p/$project/cleanup" params={{ project }} className={buttonClass()}>
          {t("lifecycle.board")}
        </Link>
      }
    >
      {error && <ErrorState what={t("lifecycle.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      {data !== undefined && (
        <RulesForm key={JSON.stringify(data)} project={project} saved={data} />
      )}
    </SettingsFrame>
  );
}

function RulesForm(props: { readonly project: string; readonly saved: LifecycleRules }) {
  const { project, saved } = props;
  const [rules, setRules] = useState(saved);
  const patch = rulesPatch(saved, rules);
  const isValid = areValid(rules);
  const change = useChange<void>({
    path: apiPath("projects", project),
    send: () => request("PATCH", lifecyclePath(project), patch),
    done: () => t("lifecycle.saved"),
    failed: () => t("lifecycle.save.failed"),
  });
  const forbidden = useUnavailable("updateLifecycle", `proj/${project}`);
  const held = isValid ? undefined : t("lifecycle.range");
  const unavailable = forbidden ?? (patch.length === 0 ? t("lifecycle.none") : undefined) ?? held;
  return (
    <form
      className="max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (unavailable === undefined) change.mutate();
      }}
    >
      <Card title={t("lifecycle.rules")}>
        <ul className="divide-y divide-line">
          {ruleNames.map((name) => (
            <li
              key={name}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="font-medium">{t(`lifecycle.${name}`)}</p>
                <p className="text-[13px] text-ink2">{t(`lifecycle.${name}.words`)}</p>
              </div>
              <NumberField
                label={t(`lifecycle.${name}`)}
                isLabelHidden
                description={t("lifecycle.usual", {
                  days: t("lifecycle.days", { count: usualRules[name] }),
                })}
                value={rules[name]}
                onChange={(days) => setRules({ ...rules, [name]: days })}
                minValue={1}
                maxValue={mostDays}
                formatOptions={{ style: "unit", unit: "day", unitDisplay: "long" }}
                className="w-36"
              />
            </li>
          ))}
        </ul>
      </Card>
      <p className="text-[13px] text-ink2">{t("lifecycle.kept")}</p>
      <Button type="submit" look="primary" isPending={change.isPending} unavailable={unavailable}>
        {t("lifecycle.save")}
      </Button>
    </form>
  );
}
