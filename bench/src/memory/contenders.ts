import { GrowthBookClient } from "@growthbook/growthbook";
import { init } from "@halyard/sdk";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";

/** A client that has its flags. */
export interface Client {
  /** Asks once; a contender whose answers are promises gives one. */
  ask(key: string, index: number): unknown;
  close(): unknown;
}

export const contenderNames = ["halyard", "halyard-first", "launchDarkly", "growthBook"] as const;
export type ContenderName = (typeof contenderNames)[number];

export interface Contender {
  readonly label: string;
  readonly isAsync: boolean;
  /** Resolves when flags have arrived. */
  open(url: string): Promise<Client>;
}

const crowd = Array.from({ length: 1_000 }, (_, index) => ({
  kind: "user",
  key: `crowd-${index}`,
  country: "DE",
  appVersion: "2.10.3",
}));
const attributes = crowd.map(({ key, country, appVersion }) => ({
  attributes: { id: key, country, appVersion },
}));
const oneOf = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

const quiet = {
  error: (line: string) => void process.stderr.write(`${line}\n`),
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

const halyard = (generation: "first" | "second"): Contender["open"] => {
  return async (url) => {
    const client = init("key", {
      baseUri: url,
      generation,
      logger: quiet,
      readTimeoutMs: 3_600_000,
      reconnectDelayMs: 1,
    });
    const { status } = await client.waitForInitialization({ timeout: 30 });
    if (status !== "complete") throw new Error(`no flags came: ${status}`);
    return {
      ask: (key, index) => client.variation(key, oneOf(crowd, index), "none"),
      close: () => client.close(),
    };
  };
};

async function openLaunchDarkly(url: string): Promise<Client> {
  const client = LaunchDarkly.init("key", {
    baseUri: url,
    streamUri: url,
    eventsUri: url,
    diagnosticOptOut: true,
    logger: LaunchDarkly.basicLogger({ level: "error" }),
  });
  await client.waitForInitialization({ timeout: 30 });
  return {
    ask: (key, index) => client.variation(key, oneOf(crowd, index), "none"),
    close: () => client.close(),
  };
}

async function openGrowthBook(url: string): Promise<Client> {
  const client = new GrowthBookClient({ apiHost: url, clientKey: "key" });
  const { success, error } = await client.init({ timeout: 30_000 });
  if (!success) throw new Error("no features came", { cause: error });
  return {
    ask: (key, index) => client.getFeatureValue<unknown>(key, "none", oneOf(attributes, index)),
    close: () => client.destroy(),
  };
}

export const contenders: Readonly<Record<ContenderName, Contender>> = {
  halyard: { label: "Halyard", isAsync: false, open: halyard("second") },
  "halyard-first": { label: "Halyard, first generation", isAsync: false, open: halyard("first") },
  launchDarkly: { label: "LaunchDarkly", isAsync: true, open: openLaunchDarkly },
  growthBook: { label: "GrowthBook", isAsync: false, open: openGrowthBook },
};
