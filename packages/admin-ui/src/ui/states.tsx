import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { RequestError } from "../api/request.ts";
import { Button } from "./button.tsx";
import { CodeBlock, KeyCopy } from "./copy.tsx";
import { t } from "./text.ts";

interface EmptyProps {
  /** One sentence: what this is, or that nothing matches which filters. */
  readonly words: ReactNode;
  /** The one button. */
  readonly action?: ReactNode;
  /** The same from the command line. */
  readonly code?: string;
}

/** Nothing is there yet: what it is for, one button, one line of code. */
export function Empty({ words, action, code }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border border-dashed border-line2 p-8 text-center">
      <p className="max-w-md text-ink2">{words}</p>
      {action}
      {code !== undefined && (
        <div className="max-w-full text-left">
          <CodeBlock code={code} label={code} />
        </div>
      )}
    </div>
  );
}

/** Something is there, but not under these filters. */
export function EmptyFiltered(props: {
  readonly words: ReactNode;
  readonly onClear: () => void;
  /** "Did you mean …" where something is near. */
  readonly nearest?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line2 p-8 text-center">
      <p className="text-ink2">{props.words}</p>
      {props.nearest}
      <Button onPress={props.onClear}>{t("kit.clearFilters")}</Button>
    </div>
  );
}

interface ErrorStateProps {
  /** What failed: "The flags". */
  readonly what: string;
  readonly error: Error;
  readonly onRetry?: (() => unknown) | undefined;
}

/** What failed, why, what to do; the rest of the page stays. */
export function ErrorState({ what, error, onRetry }: ErrorStateProps) {
  const requestId = error instanceof RequestError ? error.requestId : "";
  return (
    <div role="alert" className="rounded-lg border border-danger/40 bg-dangerbg p-4">
      <p className="flex items-center gap-2 font-semibold text-danger">
        <CircleAlert size={16} aria-hidden />
        {t("kit.errorTitle", { what })}
      </p>
      <p className="mt-1 text-ink2">{error.message}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3 empty:hidden">
        {onRetry !== undefined && <Button onPress={() => onRetry()}>{t("kit.retry")}</Button>}
        {requestId !== "" && (
          <span className="inline-flex items-center gap-1.5 text-xs text-ink2">
            {t("kit.requestId")} <KeyCopy value={requestId} />
          </span>
        )}
      </div>
    </div>
  );
}

interface NotFoundProps {
  readonly title?: string;
  readonly words?: ReactNode;
  /** Ways on. */
  readonly children?: ReactNode;
}

export function NotFound({ title, words, children }: NotFoundProps) {
  return (
    <div className="mx-auto mt-[10vh] max-w-md text-center">
      <h1 className="text-xl font-semibold">{title ?? t("kit.notFound.title")}</h1>
      <p className="mt-2 mb-4 text-ink2">{words ?? t("kit.notFound.words")}</p>
      {children ?? (
        <a href="/" className="text-link underline">
          {t("kit.notFound.home")}
        </a>
      )}
    </div>
  );
}
