import { randomUUID } from "node:crypto";
import { arch, platform, release } from "node:os";
import type { Settings } from "../options.ts";
import { sdkName, sdkVersion } from "../sdk-version.ts";

/** The one report of a client's start: settings and platform, no flags and no contexts. */
export function diagnosticInit(settings: Settings, now: number): string {
  return JSON.stringify({
    kind: "diagnostic-init",
    id: { diagnosticId: randomUUID(), sdkKeySuffix: settings.sdkKey.slice(-6) },
    creationDate: now,
    sdk: { name: sdkName, version: sdkVersion },
    configuration: {
      eventsCapacity: settings.eventCapacity,
      eventsFlushIntervalMillis: settings.flushIntervalMs,
      reconnectTimeMillis: settings.reconnectDelayMs,
      socketTimeoutMillis: settings.readTimeoutMs,
      allAttributesPrivate: settings.allAttributesPrivate,
      streamingDisabled: false,
      dataStoreType: "memory",
    },
    platform: {
      name: "Node",
      osArch: arch(),
      osName: platform(),
      osVersion: release(),
      nodeVersion: process.versions.node,
    },
  });
}
