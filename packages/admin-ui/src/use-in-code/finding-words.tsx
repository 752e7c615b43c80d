import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Finding } from "./diagnosis.ts";
import { t } from "./text.ts";

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly flag: string;
  readonly onEnvironment: (key: string) => void;
}

/** What the server saw that may be why nothing has come, and what to do. */
export function Findings({ findings, flag, onEnvironment }: FindingsProps) {
  return (
    <div role="status">
      {findings.length > 0 && (
        <Notice tone="critical">
          <h3 className="font-semibold">{t("finding.title")}</h3>
          <ul className="mt-1 space-y-2 text-ink">
            {findings.map((finding) => (
              <li key={JSON.stringify({ ...finding, at: 0 })}>
                <p>{wordsOf(finding, flag)}</p>
                {finding.kind === "otherEnvironment" && (
                  <Button className="mt-1" onPress={() => onEnvironment(finding.environment)}>
                    {t("finding.otherEnvironment.go", { environment: finding.environment })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function wordsOf(finding: Finding, flag: string) {
  switch (finding.kind) {
    case "wrongKind":
      return t.rich(`finding.wrongKind.${finding.wanted}`, { sdk: <Name>{finding.sdk}</Name> });
    case "expired":
    case "otherEnvironment":
      return t.rich(`finding.${finding.kind}`, {
        sdk: <Name>{finding.sdk}</Name>,
        environment: <Name>{finding.environment}</Name>,
      });
    case "unknownFlag":
      return t.rich("finding.unknownFlag", {
        key: <Name>{finding.key}</Name>,
        flag: <Name>{flag}</Name>,
      });
    case "nothingCame":
      return t.rich("finding.nothingCame", { url: <Name>{location.origin}</Name> });
    case "mistyped":
    case "noKey":
    case "unknownKey":
      return t.rich(`finding.${finding.kind}`, { sdk: <Name>{finding.sdk}</Name> });
    default:
      return finding satisfies never;
  }
}

function Name({ children }: { readonly children: string }) {
  return (
    <b translate="no" className="font-semibold">
      {children}
    </b>
  );
}
