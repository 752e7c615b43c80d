import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { UseInCodeProps } from "./code-choice.ts";
import { runtimeOf, runtimes } from "./snippets/runtimes.ts";
import { packageManagers, type Snippet, type SnippetFacts } from "./snippets/snippet.ts";
import { t } from "./text.ts";

const tabs = runtimes.map((one) => ({
  id: one.id,
  label: "name" in one ? <span translate="no">{one.name}</span> : t("code.assistant"),
}));
const managers = packageManagers.map((id) => ({ id, label: id }));

export function SnippetPanel(props: UseInCodeProps) {
  const { flag, environment, choice, onChoose } = props;
  const { sdk = "node", manager = "npm" } = choice;
  const runtime = runtimeOf(sdk);
  const snippet = runtime.snippet(factsOf(props), manager);
  const isHidden = environment.apiKey.includes("…") && runtime.isInBrowser !== true;
  const seesNone = runtime.isInBrowser === true && !flag.clientSideAvailability.usingEnvironmentId;
  return (
    <Card title={t("code.title")}>
      <Tabs
        label={t("code.runtimes")}
        selected={sdk}
        onSelect={(id) => onChoose({ ...choice, sdk: id })}
        tabs={tabs}
      >
        <div className="space-y-4">
          {isHidden && (
            <Notice tone="critical">{t("code.hiddenKey", { action: "viewSdkKey" })}</Notice>
          )}
          {seesNone && <NotForBrowsers {...props} />}
          {snippet.install !== undefined && (
            <Part
              title={t("code.install")}
              aside={
                runtime.isFromNpm === true && (
                  <Select
                    label={t("code.manager")}
                    isLabelHidden
                    areNames
                    choices={managers}
                    value={manager}
                    onChange={(id) => onChoose({ ...choice, manager: id })}
                    className="w-24"
                  />
                )
              }
            >
              <CodeBlock code={snippet.install} label={t("code.install")} />
            </Part>
          )}
          <Part title={titleOf(sdk, snippet)}>
            <CodeBlock
              code={snippet.code}
              label={sdk === "assistant" ? t("code.prompt") : t("code.file")}
            />
          </Part>
          {snippet.run !== undefined && (
            <Part title={t("code.run")}>
              <CodeBlock code={snippet.run} label={t("code.run")} />
            </Part>
          )}
        </div>
      </Tabs>
    </Card>
  );
}

function titleOf(sdk: string, { file }: Snippet) {
  if (sdk === "assistant") return t("code.prompt.words");
  if (sdk === "curl") return t("code.file");
  return t.rich("code.file.named", {
    file: (
      <code key="file" translate="no" className="font-mono">
        {file}
      </code>
    ),
  });
}

function Part(props: {
  readonly title: React.ReactNode;
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  return (
    <section>
      <div className="mb-1.5 flex min-h-8 items-center justify-between gap-2">
        <h3 className="text-[13px] font-medium text-ink2">{props.title}</h3>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

function factsOf({ flag, environment }: UseInCodeProps): SnippetFacts {
  const off = flag.environments[environment.key]?.offVariation ?? flag.defaults.offVariation;
  const served = flag.variations[off] ?? flag.variations[0];
  return {
    url: location.origin,
    sdkKey: environment.apiKey,
    clientSideId: environment._id,
    environment: environment.key,
    flag: flag.key,
    fallback: served?.value ?? null,
  };
}

/** Flags are for servers alone unless they are marked. */
function NotForBrowsers({ project, flag }: UseInCodeProps) {
  const path = apiPath("flags", project, flag.key);
  const names = { flag: flag.name };
  const instruct = (verb: "On" | "Off") =>
    semanticPatch(path, {
      instructions: [{ kind: `turn${verb}ClientSideAvailability`, value: "usingEnvironmentId" }],
    });
  const change = useChange({
    path,
    send: () => instruct("On"),
    undo: () => instruct("Off"),
    done: () => t("code.letBrowsers.done", names),
    failed: () => t("code.letBrowsers.failed", names),
  });
  const unavailable = useUnavailable(
    "updateClientSideFlagAvailability",
    `proj/${project}:env/*:flag/${flag.key}`,
  );
  return (
    <Notice tone="info">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1">{t("code.notForBrowsers")}</p>
        <Button
          onPress={() => change.mutate(undefined)}
          isPending={change.isPending}
          unavailable={unavailable}
        >
          {t("code.letBrowsers")}
        </Button>
      </div>
    </Notice>
  );
}
