import type { FlagPrerequisite } from "@halyard/instructions";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";
import { IconButton } from "../../ui/button.tsx";
import { PickToken } from "../../ui/pick-list.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { ShownFlag } from "../frame/shown-flag.ts";
import { nameAt, summaryOf } from "../frame/summary.ts";
import type { TriedStep } from "../try-it/use-path.ts";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface RequirementRowProps {
  readonly editor: Editor;
  readonly prerequisite: FlagPrerequisite;
  /** Undefined while it is on its way, or where it may not be seen. */
  readonly required: ShownFlag | undefined;
  readonly step: TriedStep | undefined;
}

/** "Only if billing-v2 serves on", and what it serves now. */
export function RequirementRow({ editor, prerequisite, required, step }: RequirementRowProps) {
  const { project, environment } = useFlagPage();
  const { instruct, isReadOnly } = editor;
  const { key } = prerequisite;
  const at = useRequiredIndex(prerequisite, required);
  const there = required?.environments[environment.key];
  const name = required?.name ?? key;
  const served = required === undefined || at === undefined ? undefined : nameAt(required, at);
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <span className="text-ink2">{t("requires.onlyIf")}</span>
      <Link
        to="/p/$project/flags/$flag/targeting"
        params={{ project, flag: key }}
        search={{ env: environment.key }}
        translate="no"
        className="font-semibold text-link hover:underline"
      >
        {name}
      </Link>
      <span className="text-ink2">{t("requires.serves")}</span>
      <PickToken
        label={t("requires.variation")}
        groups={[
          {
            picks: (required?.variations ?? []).map((variation, index) => ({
              id: variation._id,
              label: required === undefined ? "" : nameAt(required, index),
              isName: true,
              icon: <Swatch index={index} />,
            })),
          },
        ]}
        selected={at === undefined ? undefined : required?.variations[at]?._id}
        isDisabled={isReadOnly || required === undefined}
        onPick={(variationId) => instruct({ kind: "updatePrerequisite", key, variationId })}
      >
        <span className="inline-flex items-center gap-1.5 font-semibold">
          <Swatch index={at} />
          <span translate="no">{served ?? t("requires.unknown")}</span>
        </span>
      </PickToken>
      {required !== undefined && there !== undefined && (
        <>
          <Badge tone={there.on ? "on" : "plain"}>
            {there.on ? t("requires.isOn") : t("requires.isOff")}
          </Badge>
          <span className="text-[13px] text-ink2">
            {t.rich("requires.now", {
              summary: (
                <span key="now" translate="no">
                  {summaryOf(required, there)}
                </span>
              ),
            })}
          </span>
        </>
      )}
      {step?.state === "passed" && <Badge tone="critical">{step.words}</Badge>}
      {!isReadOnly && (
        <IconButton
          label={t("requires.remove", { name })}
          className="ml-auto size-7"
          onPress={() => instruct({ kind: "removePrerequisite", key })}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

/** The place of the required variation: by its id, or as the server says it where the id is not known. */
function useRequiredIndex(
  { key, variationId }: FlagPrerequisite,
  required: ShownFlag | undefined,
): number | undefined {
  const { flag, environment } = useFlagPage();
  const byId = required?.variations.findIndex(({ _id }) => _id === variationId) ?? -1;
  if (byId !== -1) return byId;
  return flag.environments[environment.key]?.prerequisites.find((one) => one.key === key)
    ?.variation;
}
