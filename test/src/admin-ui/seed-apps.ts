import { init } from "@halyard/sdk";
import type { Management } from "../management.ts";

const project = "web-shop";

/** What an app says of itself when it connects. */
const apps = [
  {
    environment: "production",
    agent: "NodeJSClient/9.12.0",
    application: "checkout-api",
    count: 2,
  },
  { environment: "production", agent: "GoClient/7.14.1", application: "pricing", count: 1 },
  { environment: "production", agent: "PythonClient/9.12.0", application: "search", count: 1 },
  { environment: "staging", agent: "JavaClient/7.10.1", application: "billing", count: 1 },
  { environment: "development", agent: "DotNetClient/8.10.0", application: "invoices", count: 1 },
] as const;

/** Apps of the web shop that stay connected while pictures are taken. */
export async function connectApps(management: Management, url: string): Promise<AsyncDisposable> {
  const streams = new AbortController();
  for (const { environment, agent, application, count } of apps) {
    const authorization = await management.sdkKey(project, environment);
    for (let at = 0; at < count; at += 1)
      await fetch(`${url}/sdk/stream`, {
        signal: streams.signal,
        headers: {
          authorization,
          "user-agent": agent,
          "x-launchdarkly-tags": `application-id/${application}`,
          "x-launchdarkly-instance-id": `${application}-${at + 1}`,
        },
      });
  }
  const app = init(await management.sdkKey(project, "development"), {
    baseUri: url,
    flushIntervalMs: 500,
  });
  await app.waitForInitialization({ timeout: 10 });
  const asking = setInterval(() => {
    const key = `customer-${Math.floor(Date.now() / 100) % 60}`;
    app.variation("checkout", { kind: "user", key, country: "DE" }, "old");
    app.variation("dark-mode", { kind: "user", key }, false);
  }, 150);
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(asking);
      streams.abort();
      await app.close();
    },
  };
}
