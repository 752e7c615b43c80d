import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { MadeRelay } from "./relay.ts";
import { t } from "./text.ts";

interface RelayKeyDialogProps {
  readonly relay: MadeRelay;
  readonly onClose: () => void;
}

/** The key, this once; a press beside the dialog does not lose it. */
export function RelayKeyDialog({ relay, onClose }: RelayKeyDialogProps) {
  const { origin } = location;
  const environment = [
    `AUTO_CONFIG_KEY=${relay.fullKey}`,
    `BASE_URI=${origin}`,
    `STREAM_URI=${origin}`,
    `EVENTS_HOST=${origin}`,
  ].join("\n");
  return (
    <Dialog
      isOpen
      isHeld
      size="medium"
      onClose={onClose}
      title={t("relay.key.title", { name: relay.name })}
      actions={
        <Button look="primary" onPress={onClose}>
          {t("relay.key.done")}
        </Button>
      }
    >
      <p className="mt-1 mb-3 text-ink2">{t("relay.key.words")}</p>
      <div className="space-y-3">
        {[
          { label: t("relay.key.label"), code: relay.fullKey },
          { label: t("relay.key.environment"), code: environment },
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
