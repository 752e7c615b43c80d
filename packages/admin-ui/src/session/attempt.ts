import { useState } from "react";
import { RequestError } from "../api/request.ts";
import { t } from "./text.ts";

/** Tries something that the server may refuse; says that it is on its way, and what was wrong. */
export function useAttempt() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function attempt(act: () => Promise<void>): Promise<unknown> {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      return undefined;
    } catch (error) {
      setProblem(error instanceof RequestError ? error.message : t("session.noAnswer"));
      return error;
    } finally {
      setBusy(false);
    }
  }
  return { attempt, isBusy, problem };
}
