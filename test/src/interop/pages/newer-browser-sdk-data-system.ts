import { createClient } from "@launchdarkly/js-client-sdk";
import type { SdkOnPage } from "./sdk-on-page.ts";

window.sdk = start();

async function start(): Promise<SdkOnPage> {
  const { url, clientSideId } = window.settings;
  const client = createClient(
    clientSideId,
    { kind: "user", key: "ada" },
    {
      baseUri: url,
      streamUri: url,
      eventsUri: url,
      streaming: true,
      withReasons: true,
      dataSystem: {},
    },
  );
  await client.start();
  return {
    detail: (key) => client["variationDetail"](key, null),
    identify: (context) => client.identify(context),
    flush: () => client["flush"](),
  };
}
