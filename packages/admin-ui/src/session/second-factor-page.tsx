import { useReady } from "../ui/ready.ts";
import { Entrance } from "./entrance.tsx";
import { SecondFactorSteps } from "./second-factor-steps.tsx";
import { t } from "./text.ts";

/** For who is signed in where the account asks for a second factor, and has none yet. */
export function SecondFactorPage() {
  useReady(true);
  return (
    <Entrance title={t("session.factor.title")} words={t("session.factor.required")}>
      <SecondFactorSteps onKept={() => location.assign("/")} />
    </Entrance>
  );
}
