import { useEffect, useState } from "react";
import { useTopic } from "../live/use-live.ts";
import { type ConnectedSdk, useConnectedSdks } from "../sdks/connected-sdk.ts";
import { useFailedConnects } from "../sdks/failed-connect.ts";
import { useUnknownFlags } from "../sdks/unknown-flag.ts";
import { emptyTail, type TailLine, withEvaluations } from "../tail/tail.ts";
import { diagnose, type Finding } from "./diagnosis.ts";

/** After this, nothing is an answer too. */
const patienceMs = 20_000;
/** Clocks differ, and somebody may have begun before the page was open. */
const skewMs = 60_000;
const kept = 50;

interface Signs {
  /** In the environment that is looked at. */
  readonly sdks: readonly ConnectedSdk[];
  /** Newest first. */
  readonly evaluations: readonly TailLine[];
  readonly findings: readonly Finding[];
}

/** What the server sees of code that begins to use a flag. */
export function useSigns(project: string, environment: string, flag: string): Signs {
  const [since] = useState(() => Date.now() - skewMs);
  const isLong = useLong();
  const [tail, setTail] = useState(emptyTail);
  useTopic(`tail/${project}/${environment}?flag=${flag}`, (message) => {
    if (message.flag === flag) setTail((was) => withEvaluations(was, [message], kept));
  });
  const all = useConnectedSdks(project).data?.items ?? [];
  const sdks = all.filter((one) => one.environment === environment);
  const isConnected = sdks.length > 0;
  const hasEvaluated = tail.lines.length > 0;
  const failed = useFailedConnects(project, !isConnected).data?.items ?? [];
  const unknown = useUnknownFlags(project, isConnected && !hasEvaluated).data?.items ?? [];
  const findings = diagnose({
    sdks: all,
    failed,
    unknown,
    environment,
    flag,
    hasEvaluated,
    since,
    isLong,
  });
  return { sdks, evaluations: tail.lines, findings };
}

function useLong(): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return isLong;
}
