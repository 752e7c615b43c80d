import { useProject } from "../shell/project.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { t } from "./text.ts";
import type { AccessToken } from "./token.ts";

interface MadeTokenDialogProps {
  readonly token: AccessToken;
  readonly onClose: () => void;
}

/** The secret, this once, and how to use it. */
export function MadeTokenDialog({ token, onClose }: MadeTokenDialogProps) {
  const project = useProject();
  const { token: secret, name } = token;
  const { origin } = location;
  const command = `HALYARD_URL=${origin} HALYARD_TOKEN=${secret} npm run halyard -- flags list --project ${project}`;
  const curl = `curl -H "Authorization: ${secret}" ${origin}/api/v2/flags/${project}`;
  return (
    <Dialog
      isOpen
      isHeld
      size="medium"
      onClose={onClose}
      title={t("token.made.title", { name })}
      actions={
        <Button look="primary" onPress={onClose}>
          {t("token.made.done")}
        </Button>
      }
    >
      <p className="mt-1 mb-3 text-ink2">{t("token.made.words")}</p>
      <div className="space-y-3">
        {[
          { label: t("token.made.secret"), code: secret },
          { label: t("token.made.command"), code: command },
          { label: t("token.made.curl"), code: curl },
        ].map(({ label, code }) => (
          <div key={label}>
            <div className="mb-1 text-[13px] font-medium">{label}</div>
            <CodeBlock code={code} label={label} />
          </div>
        ))}
      </div>
    </Dialog>
  );
}
