import { initialize } from "launchdarkly-js-client-sdk";
import type { SdkOnPage } from "./sdk-on-page.ts";

window.sdk = start();

async function start(): Promise<SdkOnPage> {
  const { url, clientSideId } = window.settings;
  const client = initialize(
    clientSideId,
    { key: "ada" },
    {
      baseUrl: url,
      streamUrl: url,
      eventsUrl: url,
      streaming: true,
      evaluationReasons: true,
      sendEventsOnlyForVariation: true,
    },
  );
  await client.waitForInitialization(10);
  return {
    detail: (key) => client.variationDetail(key, null),
    identify: (context) => client.identify(context),
    flush: () => client.flush(),
  };
}
