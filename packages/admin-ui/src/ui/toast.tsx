import { CircleAlert, CircleCheck, X } from "lucide-react";
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { Button, IconButton } from "./button.tsx";
import { t } from "./text.ts";

interface Toast {
  readonly words: string;
  readonly detail?: string | undefined;
  readonly isError?: boolean;
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

const shownMs = 10_000;
const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** Says for 10 seconds what was done; hover and focus hold it. With `undo` it can be taken back. */
export function say(words: string, undo?: () => void | Promise<void>): void {
  const action =
    undo === undefined ? {} : { action: { label: t("kit.undo"), onPress: () => void undo() } };
  queue.add({ words, ...action }, { timeout: shownMs });
}

/** Says what failed and why. It stays until it is closed. */
export function sayFailure(words: string, why: string, retry?: () => void): void {
  const action = retry === undefined ? {} : { action: { label: t("kit.retry"), onPress: retry } };
  queue.add({ words, detail: why, isError: true, ...action });
}

export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      aria-label={t("kit.notices")}
      className="fixed right-4 bottom-4 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 max-md:bottom-18"
    >
      {({ toast }) => (
        <AriaToast
          toast={toast}
          className="comes-in flex items-start gap-2 rounded-lg border border-line bg-raised p-3 shadow-float"
        >
          {toast.content.isError === true ? (
            <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" aria-hidden />
          ) : (
            <CircleCheck size={16} className="mt-0.5 shrink-0 text-on" aria-hidden />
          )}
          <ToastContent className="min-w-0 flex-1">
            <Text slot="title" className="block font-medium">
              {toast.content.words}
            </Text>
            {toast.content.detail !== undefined && (
              <Text slot="description" className="block text-[13px] text-ink2">
                {toast.content.detail}
              </Text>
            )}
          </ToastContent>
          {toast.content.action !== undefined && (
            <Button
              className="h-7"
              onPress={() => {
                toast.content.action?.onPress();
                queue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <IconButton
            slot="close"
            label={t("kit.dismiss")}
            className="-my-1 -mr-1"
            onPress={() => queue.close(toast.key)}
          >
            <X size={14} aria-hidden />
          </IconButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
