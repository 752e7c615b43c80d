import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { Environment } from "../api/representations.ts";
import { EnvironmentSwitch } from "../flags/environment-switch.tsx";
import type { FlagRepresentation } from "../flags/state/flag-representation.ts";
import { sdkInWords } from "../sdks/connected-sdk.ts";
import type { TailLine } from "../tail/tail.ts";
import { valueInWords } from "../tail/tail-words.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { EvaluationLines } from "./evaluation-lines.tsx";
import { Findings } from "./finding-words.tsx";
import { t } from "./text.ts";
import { useSigns } from "./use-signs.ts";

interface FirstSignsProps {
  readonly project: string;
  readonly flag: FlagRepresentation;
  readonly environment: Environment;
  readonly onEnvironment: (key: string) => void;
}

/** The four steps from listening to code that follows the switch, each ticked by what the server sees. */
export function FirstSigns({ project, flag, environment, onEnvironment }: FirstSignsProps) {
  const { sdks, evaluations, findings } = useSigns(project, environment.key, flag.key);
  const sdk = sdks.at(-1);
  const first = evaluations.at(-1);
  return (
    <Card title={t("signs.title")}>
      <div className="space-y-3">
        <ol aria-live="polite" className="space-y-3">
          <Step isDone={sdk !== undefined} isActive={sdk === undefined}>
            {sdk === undefined
              ? t.rich("signs.listening", {
                  environment: (
                    <EnvironmentName
                      key="environment"
                      name={environment.name}
                      isCritical={environment.critical}
                    />
                  ),
                })
              : t.rich("signs.connected", {
                  sdk: <Data key="sdk">{sdkInWords(sdk)}</Data>,
                  address: <Data key="address">{sdk.address}</Data>,
                })}
            {sdks.length > 1 && (
              <span className="text-ink2"> {t("signs.more", { count: sdks.length - 1 })}</span>
            )}
          </Step>
          <Step isDone={first !== undefined} isActive={sdk !== undefined && first === undefined}>
            {first === undefined ? (
              <>
                {t("signs.waiting")}
                {sdk !== undefined && (
                  <span className="block text-[13px] text-ink2">{t("signs.waiting.words")}</span>
                )}
              </>
            ) : (
              t.rich("signs.first", {
                flag: <Data key="flag">{flag.key}</Data>,
                value: <Data key="value">{valueInWords(first, flag.variations)}</Data>,
              })
            )}
          </Step>
          {!environment.critical && (
            <SwitchStep
              project={project}
              flag={flag}
              environment={environment}
              evaluations={evaluations}
            />
          )}
        </ol>
        <Findings findings={findings} flag={flag.key} onEnvironment={onEnvironment} />
        {first !== undefined && <EvaluationLines evaluations={evaluations} flag={flag} />}
      </div>
    </Card>
  );
}

interface SwitchStepProps extends Omit<FirstSignsProps, "onEnvironment"> {
  readonly evaluations: readonly TailLine[];
}

/** Invites to switch the flag once code asks for it, where nobody is hurt by trying. */
function SwitchStep({ project, flag, environment, evaluations }: SwitchStepProps) {
  const first = evaluations.at(-1);
  const now = evaluations[0];
  const hasFollowed = evaluations.some((one) => one.variation !== first?.variation);
  const isOn = flag.environments[environment.key]?.on === true;
  return (
    <Step isDone={hasFollowed} isActive={first !== undefined}>
      {hasFollowed && now !== undefined
        ? t.rich("signs.followed", {
            value: <Data key="value">{valueInWords(now, flag.variations)}</Data>,
          })
        : t(first !== undefined && !isOn ? "signs.now" : "signs.turnOn")}
      {first !== undefined && (
        <span className="mt-1.5 flex items-center gap-2">
          <EnvironmentSwitch project={project} flag={flag} environment={environment} />
          <span className="text-[13px] text-ink2">{isOn ? t("signs.on") : t("signs.off")}</span>
        </span>
      )}
    </Step>
  );
}

function Step(props: {
  readonly isDone: boolean;
  readonly isActive: boolean;
  readonly children: ReactNode;
}) {
  const { isDone, isActive, children } = props;
  const dot = isDone ? "border-on bg-on text-surface" : isActive ? "border-link" : "border-line2";
  return (
    <li className={`flex gap-2.5 ${isDone || isActive ? "" : "text-ink3"}`}>
      <span
        className={`relative mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border forced-color-adjust-none ${dot}`}
      >
        {isDone && <Check size={11} strokeWidth={3.5} aria-hidden />}
        {isActive && !isDone && (
          <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-link" />
        )}
        <span className="sr-only">{isDone ? t("signs.done") : t("signs.open")}</span>
      </span>
      <div className="min-w-0 flex-1">{children}</div>
    </li>
  );
}

function Data({ children }: { readonly children: string }) {
  return (
    <span translate="no" className="font-mono text-[13px] font-medium break-words">
      {children}
    </span>
  );
}
