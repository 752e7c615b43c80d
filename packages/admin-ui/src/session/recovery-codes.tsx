import { Check, Copy, Download } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { useCopy } from "../ui/copy.tsx";
import { t } from "./text.ts";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** What signs in once each where the app is lost; shown once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const [isCopied, copy] = useCopy(codes.join("\n"));
  const file = `${t("session.factor.file", { origin: location.origin })}\n\n${codes.join("\n")}\n`;
  return (
    <div className="mt-3 space-y-4">
      <p>{t("session.factor.codes.words")}</p>
      <ul
        aria-label={t("session.factor.codes.label")}
        translate="no"
        className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-sunken p-3 font-mono text-[13px]"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button
          icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          onPress={copy}
          className="flex-1"
        >
          {isCopied ? t("session.factor.copied") : t("session.factor.copy")}
        </Button>
        <Button
          icon={<Download size={16} aria-hidden />}
          onPress={() => save(file)}
          className="flex-1"
        >
          {t("session.factor.download")}
        </Button>
      </div>
      <Button look="primary" onPress={onKept} className="h-9 w-full">
        {t("session.factor.kept")}
      </Button>
    </div>
  );
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "halyard-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(url);
}
