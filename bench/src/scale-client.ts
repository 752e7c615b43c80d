// One SDK, from nothing to its first evaluation; prints what that took as JSON.
import { init } from "@halyard/sdk";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";

const [which = "ours", url = "", sdkKey = "", flag = ""] = process.argv.slice(2);
const context = { kind: "user", key: "ada", country: "C7" };
const collect = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};

const before = collect();
const started = performance.now();
const close = which === "ours" ? await runOurs() : await runTheirs();
const firstEvaluationMs = performance.now() - started;
const memoryMiB = (collect() - before) / 2 ** 20;
process.stdout.write(JSON.stringify({ firstEvaluationMs, memoryMiB }));
await close();

async function runOurs(): Promise<() => Promise<void>> {
  const client = init(sdkKey, { baseUri: url, sendEvents: false });
  await client.waitForInitialization({ timeout: 30 });
  const { reason } = client.variationDetail(flag, context, "none");
  if (reason.kind === "ERROR") throw new Error(`"${flag}" gave ${reason.errorKind}`);
  return () => client.close();
}

async function runTheirs(): Promise<() => Promise<void>> {
  const options = { baseUri: url, streamUri: url, eventsUri: url, sendEvents: false };
  const logger = LaunchDarkly.basicLogger({ level: "none" });
  const client = LaunchDarkly.init(sdkKey, { ...options, logger });
  await client.waitForInitialization({ timeout: 30 });
  await client.variation(flag, context, "none");
  return async () => client.close();
}
