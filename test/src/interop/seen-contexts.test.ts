import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import { expect, it } from "vitest";
import { z } from "zod";
import { Management } from "../management.ts";
import { ServerProcess } from "../server-process.ts";

const environment = "/api/v2/projects/shop/environments/production";
const Found = z.object({ items: z.array(z.object({ context: z.looseObject({}) })) });

it("contexts that LaunchDarkly's SDK for Node servers reports are found, but for what is private", async () => {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  const keys = z.object({ apiKey: z.string() }).parse(await management.ask("GET", environment));
  const { url } = server;
  const client = LaunchDarkly.init(keys.apiKey, {
    baseUri: url,
    streamUri: url,
    eventsUri: url,
    logger: LaunchDarkly.basicLogger({ level: "none" }),
    application: { id: "shop" },
    flushInterval: 600,
  });
  await client.waitForInitialization({ timeout: 20 });

  await client.variation(
    "any",
    {
      kind: "multi",
      user: {
        key: "ada",
        plan: "pro",
        email: "hidden-from-everybody@example.org",
        _meta: { privateAttributes: ["email"] },
      },
      org: { key: "acme" },
    },
    false,
  );
  await client.flush();
  client.close();

  const filter = 'user.plan equals "pro",applicationId equals "shop"';
  const found = await management.ask("POST", `${environment}/contexts/search`, { filter });
  expect(Found.parse(found).items.map(({ context }) => context)).toEqual([
    { kind: "user", key: "ada", plan: "pro", _meta: { redactedAttributes: ["email"] } },
  ]);
  expect(await filesHold(server.dataFolder, "hidden-from-everybody")).toBe(false);
  expect(await filesHold(server.dataFolder, '"plan":"pro"')).toBe(true);
});

async function filesHold(folder: string, text: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const all = await Promise.all(
    files.map((entry) => readFile(path.join(entry.parentPath, entry.name))),
  );
  return all.some((bytes) => bytes.includes(text));
}
