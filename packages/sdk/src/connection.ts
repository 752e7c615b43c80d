import { Environment, type EnvironmentSettings } from "./environment.ts";
import { FileCache } from "./file-cache.ts";
import type { FlagCache } from "./flag-cache.ts";
import type { Log } from "./logger.ts";
import type { Settings } from "./options.ts";
import { sharedEnvironment } from "./sharing.ts";
import { systemClock } from "./source/clock.ts";
import type { FlagSource } from "./source/flag-source.ts";
import { failoverSource } from "./source/flag-sources.ts";
import { RemoteSource } from "./source/remote-source.ts";
import type { Transport } from "./source/transport.ts";

export interface Connection {
  readonly transport: Transport;
  readonly headers: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** The environment that these settings name. Clients of the same server and key share one. */
export function environmentOf(settings: Settings, connection: Connection): Environment {
  const { source, offline } = settings;
  const environmentSettings = (): EnvironmentSettings => ({
    source: offline ? undefined : (source ?? remoteSource(settings, connection)),
    cache: cacheOf(settings, connection.log),
    bootstrap: settings.bootstrap,
    now: systemClock.now,
  });
  // What an app made itself belongs to the client that it was given to.
  if (offline || source !== undefined || settings.cache !== undefined) {
    return new Environment(environmentSettings());
  }
  return sharedEnvironment(identityOf(settings), environmentSettings);
}

/** The same for two clients that would ask the same server for the same, in the same way. */
function identityOf(settings: Settings): string {
  return JSON.stringify([
    settings.sdkKey,
    settings.streamUri,
    settings.baseUri,
    settings.filter,
    settings.flagSources,
    settings.streaming,
    settings.pollIntervalMs,
    settings.generation,
    settings.bootstrap,
    settings.cachePath,
    settings.reconnectDelayMs,
    settings.readTimeoutMs,
    settings.connectTimeoutMs,
    settings.proxy,
    settings.ca,
    settings.rejectUnauthorized,
  ]);
}

function remoteSource(settings: Settings, { transport, headers }: Connection): FlagSource {
  const { flagSources } = settings;
  const remote = { ...settings, transport, headers };
  return flagSources === undefined
    ? new RemoteSource(remote, systemClock)
    : failoverSource(flagSources, remote, systemClock);
}

function cacheOf(
  { cache, cachePath, sdkKey, streamUri }: Settings,
  log: Log,
): FlagCache | undefined {
  cache?.listen?.((cause) => {
    const what = cause instanceof Error ? cause.message : typeof cause;
    log.warnOnce(
      "cache",
      () => `the cache ${cache.name} cannot be used: ${what}; going on without it.`,
    );
  });
  if (cache !== undefined || cachePath === undefined) return cache;
  return new FileCache({ folder: cachePath, sdkKey, streamUri, delayMs: 1_000, log });
}
