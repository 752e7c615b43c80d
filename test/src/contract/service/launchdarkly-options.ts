import { readFileSync } from "node:fs";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import { bigSegmentCallbacks, hookCallbacks, type OrderedPosts } from "./callbacks.ts";
import type { Configuration } from "./configuration.ts";

type Options = LaunchDarkly.LDOptions;
type Source = LaunchDarkly.SynchronizerDataSource;

/** A configuration in the words of LaunchDarkly's SDK. */
export function launchDarklyOptions(configuration: Configuration, posts: OrderedPosts): Options {
  const { tags, wrapper, hooks, tls, bigSegments } = configuration;
  return {
    ...addresses(configuration),
    ...sourceOptions(configuration),
    ...eventOptions(configuration),
    ...defined({
      application: tags && defined({ id: tags.applicationId, version: tags.applicationVersion }),
      wrapperName: wrapper?.name,
      wrapperVersion: wrapper?.version,
      tlsParams: tls && {
        ...(tls.customCAFile === undefined ? {} : { ca: readFileSync(tls.customCAFile, "utf8") }),
        ...(tls.skipVerifyPeer === true ? { rejectUnauthorized: false } : {}),
      },
      bigSegments: bigSegments && bigSegmentOptions(bigSegments),
    }),
    hooks: (hooks?.hooks ?? []).map((hook) => hookCallbacks(hook, posts)),
    logger: LaunchDarkly.basicLogger({ level: "none" }),
  };
}

function addresses({ serviceEndpoints, streaming, polling, events }: Configuration): Options {
  const streamUri = streaming?.baseUri ?? serviceEndpoints?.streaming;
  return defined({
    streamUri,
    baseUri: polling?.baseUri ?? serviceEndpoints?.polling ?? streamUri,
    eventsUri: events?.baseUri ?? serviceEndpoints?.events,
  });
}

function sourceOptions({ streaming, polling, dataSystem }: Configuration): Options {
  if (dataSystem !== undefined) return dataSystemOptions(dataSystem);
  return defined({
    stream: streaming !== undefined || polling === undefined,
    payloadFilterKey: streaming?.filter ?? polling?.filter,
    streamInitialReconnectDelay: seconds(streaming?.initialRetryDelayMs),
    pollInterval: seconds(polling?.pollIntervalMs),
  });
}

function dataSystemOptions(dataSystem: NonNullable<Configuration["dataSystem"]>): Options {
  const { initializers = [], synchronizers = [], fdv1Fallback, payloadFilter } = dataSystem;
  const polled = (polling: NonNullable<Configuration["polling"]>) => ({
    type: "polling" as const,
    ...defined({ baseUri: polling.baseUri, pollInterval: seconds(polling.pollIntervalMs) }),
  });
  return defined({
    payloadFilterKey: payloadFilter,
    dataSystem: {
      dataSource: {
        dataSourceOptionsType: "custom" as const,
        initializers: initializers.flatMap(({ polling }) => (polling ? [polled(polling)] : [])),
        synchronizers: synchronizers.flatMap(({ streaming, polling }): Source[] => {
          if (polling !== undefined) return [polled(polling)];
          const { baseUri, initialRetryDelayMs } = streaming ?? {};
          const streamInitialReconnectDelay = seconds(initialRetryDelayMs);
          return [
            {
              type: "streaming" as const,
              ...defined({ baseUri, streamInitialReconnectDelay }),
            },
          ];
        }),
      },
      ...defined({
        fdv1Fallback: fdv1Fallback && defined({ baseUri: fdv1Fallback.baseUri }),
      }),
    },
  });
}

function eventOptions({ events }: Configuration): Options {
  if (events === undefined) return { sendEvents: false };
  return defined({
    sendEvents: true,
    diagnosticOptOut: events.enableDiagnostics !== true,
    capacity: events.capacity,
    flushInterval: seconds(events.flushIntervalMs),
    enableEventCompression: events.enableGzip,
    allAttributesPrivate: events.allAttributesPrivate,
    privateAttributes: events.globalPrivateAttributes,
  });
}

function bigSegmentOptions(given: NonNullable<Configuration["bigSegments"]>) {
  const store = bigSegmentCallbacks(given.callbackUri);
  return {
    store: () => ({
      getMetadata: async () => defined({ lastUpToDate: await store.lastUpToDate() }),
      getUserMembership: async (hash: string) => (await store.membership(hash)) ?? undefined,
      close: () => undefined,
    }),
    ...defined({
      userCacheSize: given.userCacheSize,
      userCacheTime: seconds(given.userCacheTimeMs),
      statusPollInterval: seconds(given.statusPollIntervalMs),
      staleAfter: seconds(given.staleAfterMs),
    }),
  };
}

const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : ms / 1_000;

/** Without the members that are undefined. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
