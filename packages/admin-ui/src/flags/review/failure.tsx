import { RequestError } from "../../api/request.ts";
import { Button } from "../../ui/button.tsx";
import { KeyCopy } from "../../ui/copy.tsx";
import { t } from "./text.ts";

/** Why it was not saved, and what to do. */
export function Failure(props: {
  readonly error: Error;
  readonly isConflict: boolean;
  readonly onAnyway: () => void;
}) {
  const { error, isConflict } = props;
  const requestId = error instanceof RequestError ? error.requestId : "";
  return (
    <div role="alert" className="space-y-2 rounded-lg border border-danger/40 bg-dangerbg p-3">
      <p className="font-semibold text-danger">
        {isConflict ? t("review.conflict") : t("review.failed")}
      </p>
      <p className="text-ink2">{error.message}</p>
      {isConflict && <Button onPress={props.onAnyway}>{t("review.saveAnyway")}</Button>}
      {requestId !== "" && <KeyCopy value={requestId} />}
    </div>
  );
}
