import { HalyardWebProvider } from "@halyard/sdk/openfeature/web";
import { OpenFeature, ProviderEvents } from "@openfeature/web-sdk";

declare global {
  interface Window {
    OpenFeature: typeof OpenFeature;
    ProviderEvents: typeof ProviderEvents;
    HalyardWebProvider: typeof HalyardWebProvider;
  }
}

Object.assign(window, { OpenFeature, ProviderEvents, HalyardWebProvider });
