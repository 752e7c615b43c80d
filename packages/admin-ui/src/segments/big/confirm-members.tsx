import { ConfirmDialog } from "../../ui/dialog.tsx";
import type { ShownSegment } from "../shown-segment.ts";
import { t } from "./text.ts";

interface ConfirmMembersProps extends ShownSegment {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Asks before members change where the environment is critical. */
export function ConfirmMembers(props: ConfirmMembersProps) {
  const { segment, environment } = props;
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t("big.critical.title", { segment: segment.name, environment: environment.name })}
      action={t("big.critical.action")}
      onConfirm={props.onConfirm}
      typed={environment.confirmChanges ? environment.name : undefined}
    >
      <p>{t("big.critical.words")}</p>
    </ConfirmDialog>
  );
}
