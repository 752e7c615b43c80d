import { asyncWithLDProvider, useFlags, useLDClient } from "launchdarkly-react-client-sdk";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import type { SdkOnPage } from "./sdk-on-page.ts";

const ready = Promise.withResolvers<SdkOnPage>();
window.sdk = ready.promise;
void start();

function Page() {
  const client = useLDClient();
  const { text } = useFlags<{ text: string }>();
  if (client !== undefined) {
    ready.resolve({
      detail: (key) => client.variationDetail(key, null),
      identify: (context) => client.identify(context),
      flush: () => client.flush(),
    });
  }
  return createElement("p", { id: "text" }, text);
}

async function start(): Promise<void> {
  const { url, clientSideId } = window.settings;
  const Provider = await asyncWithLDProvider({
    clientSideID: clientSideId,
    context: { kind: "user", key: "ada" },
    timeout: 10,
    reactOptions: { sendEventsOnFlagRead: false },
    options: {
      baseUrl: url,
      streamUrl: url,
      eventsUrl: url,
      streaming: true,
      evaluationReasons: true,
      sendEventsOnlyForVariation: true,
    },
  });
  const root = document.createElement("main");
  document.body.append(root);
  createRoot(root).render(createElement(Provider, null, createElement(Page)));
}
