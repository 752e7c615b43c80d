import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { ChipsField } from "../../ui/chips-field.tsx";
import { RadioGroup } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { t as kit } from "../../ui/text.ts";
import type { ShownSegment } from "../shown-segment.ts";
import { t } from "./text.ts";
import { useMembership } from "./use-membership.ts";

interface AddKeysDialogProps extends ShownSegment {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const chipsAtMost = 60;

/** Lists keys that are typed or pasted. */
export function AddKeysDialog({ isOpen, onClose, ...segment }: AddKeysDialogProps) {
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [to, setTo] = useState<"included" | "excluded">("included");
  const change = useMembership(segment, { isUndone: false });
  const { environment } = segment;
  function close() {
    setKeys([]);
    onClose();
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t("big.add.title", { segment: segment.segment.name })}
      actions={
        <>
          <Button look="quiet" onPress={close}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look="primary"
            isDisabled={keys.length === 0}
            isPending={change.isPending}
            onPress={() => change.mutate({ keys, to }, { onSuccess: close })}
          >
            {to === "included" ? t("big.include") : t("big.exclude")}
          </Button>
        </>
      }
    >
      <div className="mt-2 space-y-4">
        {environment.critical && <Notice tone="critical">{t("big.critical.words")}</Notice>}
        <ChipsField
          label={t("big.add.keys")}
          description={t("big.add.how")}
          values={keys}
          onChange={setKeys}
          shownAtMost={chipsAtMost}
        />
        <RadioGroup
          label={t("big.add.to")}
          isHorizontal
          value={to}
          onChange={setTo}
          choices={[
            { id: "included", label: t("big.included") },
            { id: "excluded", label: t("big.excluded") },
          ]}
        />
      </div>
    </Dialog>
  );
}
