// How long a flip through REST takes to reach an SDK and an open page: from sending the request to
// the listener's call, over 100 flips on loopback, beside LaunchDarkly's own SDK on the same server.
import { init } from "@halyard/sdk";
import { launchBrowser, Management, ServerProcess, signedInPage } from "@halyard/test";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";

const flips = 100;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await using server = await ServerProcess.start();
const management = new Management(server.url);
await management.createProject("shop", ["production"]);
await management.createFlag("shop", "checkout", ["new", "old"]);
const sdkKey = await management.sdkKey("shop", "production");

await using ours = init(sdkKey, { baseUri: server.url, sendEvents: false });
await ours.waitForInitialization({ timeout: 10 });
const theirs = LaunchDarkly.init(sdkKey, {
  baseUri: server.url,
  streamUri: server.url,
  eventsUri: server.url,
  sendEvents: false,
  logger: LaunchDarkly.basicLogger({ level: "none" }),
});
await theirs.waitForInitialization({ timeout: 10 });
const browser = await launchBrowser();
const { page } = await signedInPage(browser, server.url);
await page.goto(`${server.url}/p/shop/flags`);
const toggle = page.getByRole("switch", { name: /checkout/iu }).first();
await toggle.waitFor();

const times = { ours: [] as number[], theirs: [] as number[], page: [] as number[] };
for (let flip = 0; flip < flips; flip += 1) {
  const turningOn = flip % 2 === 0;
  const shown = page.evaluate(untilShown, turningOn);
  const heard = Promise.all([
    new Promise<number>((resolve) => {
      ours.on("change:checkout", () => resolve(now()));
    }),
    new Promise<number>((resolve) => {
      theirs.once("update:checkout", () => resolve(now()));
    }),
    shown,
  ]);
  const sent = now();
  const kind = turningOn ? "turnFlagOn" : "turnFlagOff";
  await management.instruct("shop", "checkout", "production", [{ kind }]);
  const [byOurs, byTheirs, byPage] = await heard;
  times.ours.push(byOurs - sent);
  times.theirs.push(byTheirs - sent);
  times.page.push(byPage - sent);
}

say(
  `${flips} flips through REST, milliseconds from request to arrival (median, 95th of a hundred):`,
);
for (const [who, label] of [
  ["ours", "Halyard SDK"],
  ["theirs", "LaunchDarkly Node SDK"],
  ["page", "open flag list"],
] as const) {
  say(
    `  ${label.padEnd(24)}${at(times[who], 0.5).toFixed(1)}   ${at(times[who], 0.95).toFixed(1)}`,
  );
}
say(`  ratio of the SDKs' medians: ${(at(times.ours, 0.5) / at(times.theirs, 0.5)).toFixed(2)}`);
theirs.close();
await browser.close();

/** Unix milliseconds with fractions, the same clock in Node and in the page. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Runs in the page: when the switch of the flag says what it should. */
function untilShown(turningOn: boolean): Promise<number> {
  const isShown = () => {
    const shown = document.querySelector('[role="switch"]')?.getAttribute("aria-checked");
    return shown === String(turningOn);
  };
  return new Promise((resolve) => {
    const look = () => {
      if (isShown()) resolve(performance.timeOrigin + performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}
