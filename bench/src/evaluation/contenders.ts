import { once } from "node:events";
import { GrowthBookClient } from "@growthbook/growthbook";
import { init } from "@halyard/sdk";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import { FlagdCore } from "@openfeature/flagd-core";
import { getClient, PollingMode, User } from "configcat-node";
import { InMemStorageProvider, Unleash } from "unleash-client";
import type { Ask, Contender } from "./case.ts";
import { flagdConfiguration } from "./flagd-configuration.ts";
import { crowdKeys, fewFlags, manyKeys, member } from "./flags.ts";
import { growthbookFeatures } from "./growthbook-features.ts";

const context = { kind: "user", ...member };
const crowd = crowdKeys.map((key) => ({ kind: "user", key }));

/** The one of the crowd whose turn it is. */
function oneOf<T>(list: readonly T[]): (index: number) => T {
  return (index) => list[index % list.length] as T;
}

/** The cases that differ by the flag's key alone, and those that do not. */
function casesOf(
  ask: (key: string) => Ask,
  others: { rollout: Ask; all: Ask },
): Contender["cases"] {
  return {
    simple: ask("simple"),
    clauses: ask("clauses"),
    targets: ask("targets"),
    prerequisites: ask("prerequisites"),
    ...others,
  };
}

function withoutPrerequisites({
  prerequisites: _,
  ...cases
}: Contender["cases"]): Contender["cases"] {
  return cases;
}

const quiet = {
  error: (line: string) => void process.stderr.write(`${line}\n`),
  warn: (line: string) => void process.stderr.write(`${line}\n`),
  info: () => undefined,
  debug: () => undefined,
};

export async function halyard(url: string, counts: boolean): Promise<Contender> {
  // The flag server says nothing after the flags.
  const options = { sendEvents: counts, logger: quiet, readTimeoutMs: 3_600_000 };
  const few = init("key", { baseUri: url, ...options });
  const many = init("key", { baseUri: `${url}/many`, ...options, eventsUri: url });
  await Promise.all([few.waitForInitialization(), many.waitForInitialization()]);
  const one = oneOf(crowd);
  const ask = (key: string): Ask => {
    return () => few.variation(key, context, false);
  };
  return {
    name: "Halyard",
    counts,
    isAsync: false,
    cases: casesOf(ask, {
      rollout: (index) => few.variation("rollout", one(index), "none"),
      all: () => Object.keys(many.allFlagsState(context).allValues()).length,
    }),
    close: () => Promise.all([few.close(), many.close()]),
  };
}

export async function launchDarkly(url: string, counts: boolean): Promise<Contender> {
  const start = (base: string) =>
    LaunchDarkly.init("key", {
      baseUri: base,
      streamUri: base,
      eventsUri: url,
      sendEvents: counts,
      diagnosticOptOut: true,
      logger: LaunchDarkly.basicLogger({ level: "error" }),
    });
  const few = start(url);
  const many = start(`${url}/many`);
  await Promise.all([few, many].map((one) => one.waitForInitialization({ timeout: 10 })));
  const one = oneOf(crowd);
  const ask = (key: string): Ask => {
    return () => few.variation(key, context, false);
  };
  return {
    name: "LaunchDarkly",
    counts,
    isAsync: true,
    cases: casesOf(ask, {
      rollout: (index) => few.variation("rollout", one(index), "none"),
      all: async () => Object.keys((await many.allFlagsState(context)).allValues()).length,
    }),
    close: () => {
      few.close();
      many.close();
    },
  };
}

export async function unleash(url: string, counts: boolean): Promise<Contender> {
  const client = new Unleash({
    appName: "bench",
    url: `${url}/`,
    disableMetrics: !counts,
    refreshInterval: 3_600_000,
    storageProvider: new InMemStorageProvider(),
    skipInstanceCountWarning: true,
  });
  await once(client, "synchronized");
  const { key, country, appVersion } = member;
  const user = { userId: key, properties: { country, appVersion } };
  const one = oneOf(crowdKeys.map((userId) => ({ userId })));
  const ask = (name: string): Ask => {
    return () => client.isEnabled(name, user);
  };
  return {
    name: "Unleash",
    counts,
    isAsync: false,
    cases: casesOf(ask, {
      rollout: (index) => client.getVariant("rollout", one(index)).name,
      all: () => manyKeys.filter((name) => client.isEnabled(name, user)).length,
    }),
    close: () => client.destroy(),
  };
}

export function growthBook(): Contender {
  const client = new GrowthBookClient().initSync({ payload: { features: growthbookFeatures } });
  const { key, ...attributes } = member;
  const user = { attributes: { id: key, ...attributes } };
  const one = oneOf(crowdKeys.map((id) => ({ attributes: { id } })));
  const ask = (name: string): Ask => {
    return () => client.getFeatureValue(name, false, user);
  };
  return {
    name: "GrowthBook",
    counts: undefined,
    isAsync: false,
    cases: casesOf(ask, {
      rollout: (index) => client.getFeatureValue("rollout", "none", one(index)),
      all: () => manyKeys.filter((name) => client.getFeatureValue(name, false, user)).length,
    }),
    close: () => client.destroy(),
  };
}

export async function configCat(url: string): Promise<Contender> {
  const sdkKey = `configcat-sdk-1/${"a".repeat(22)}/${"b".repeat(22)}`;
  const client = getClient(sdkKey, PollingMode.ManualPoll, { baseUrl: url });
  await client.forceRefreshAsync();
  // Its asynchronous calls do more; a snapshot is how it is asked where speed counts.
  const flags = client.snapshot();
  const { key, country, appVersion } = member;
  const user = new User(key, undefined, country, { appVersion });
  const one = oneOf(crowdKeys.map((identifier) => new User(identifier)));
  const ask = (name: string): Ask => {
    return () => flags.getValue(name, false, user);
  };
  return {
    name: "ConfigCat",
    counts: undefined,
    isAsync: false,
    cases: casesOf(ask, {
      rollout: (index) => flags.getValue("rollout", "none", one(index)),
      all: () => manyKeys.filter((name) => flags.getValue(name, false, user)).length,
    }),
    close: () => client.dispose(),
  };
}

export function flagdCore(): Contender {
  const flags = (keep: (key: string) => boolean): FlagdCore => {
    const core = new FlagdCore();
    const kept = Object.entries(flagdConfiguration).filter(([key]) => keep(key));
    core.setConfigurations(JSON.stringify({ flags: Object.fromEntries(kept) }));
    return core;
  };
  const few = flags((key) => !manyKeys.includes(key));
  const many = flags((key) => manyKeys.includes(key));
  const { key, ...attributes } = member;
  const user = { targetingKey: key, ...attributes };
  const one = oneOf(crowdKeys.map((targetingKey) => ({ targetingKey })));
  const ask = (name: string): Ask => {
    return () => few.resolveBooleanEvaluation(name, false, user).value;
  };
  return {
    name: "flagd-core",
    counts: undefined,
    isAsync: false,
    cases: withoutPrerequisites(
      casesOf(ask, {
        rollout: (index) => few.resolveStringEvaluation("rollout", "none", one(index)).value,
        all: () => many.resolveAll(user).length,
      }),
    ),
    close: () => undefined,
  };
}

/** What finding a flag costs alone. */
export function mapGet(): Contender {
  const flags = new Map(Object.entries(fewFlags));
  const keys = [...flags.keys()];
  return {
    name: "Map.get",
    counts: undefined,
    isAsync: false,
    cases: { simple: () => flags.get(keys[0] as string) !== undefined },
    close: () => undefined,
  };
}
