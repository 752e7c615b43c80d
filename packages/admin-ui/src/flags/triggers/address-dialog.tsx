import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { t } from "./text.ts";

/** The address of a trigger, the one time that it is shown. */
export function AddressDialog(props: { readonly address: string; readonly onClose: () => void }) {
  const { address, onClose } = props;
  return (
    <Dialog
      isOpen
      isHeld
      size="medium"
      onClose={onClose}
      title={t("triggers.made")}
      actions={
        <Button look="primary" onPress={onClose}>
          {t("triggers.made.done")}
        </Button>
      }
    >
      <div className="mt-2 space-y-3">
        <Notice tone="critical">{t("triggers.made.words")}</Notice>
        <CodeBlock code={address} label={t("triggers.url")} />
        <p className="text-[13px] font-medium">{t("triggers.made.curl")}</p>
        <CodeBlock code={`curl -X POST ${address}`} label={t("triggers.made.curl")} />
      </div>
    </Dialog>
  );
}
