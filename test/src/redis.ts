import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SendToRedis } from "@halyard/sdk";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";

const redisServer = "/usr/bin/redis-server";

/** Tests that need Redis run where it is installed. */
export const hasRedis = existsSync(redisServer);

/** A Redis of the test's own, in memory. */
export async function startRedis() {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-redis-"));
  const port = await freePort();
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const child = spawn(redisServer, options, { stdio: ["ignore", "pipe", "ignore"] });
  for await (const said of child.stdout) {
    if (String(said).includes("Ready to accept connections")) break;
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function connectTo(port: number): AsyncDisposable & { readonly send: SendToRedis } {
  const redis = new Redis({ port, host: "127.0.0.1" });
  return {
    send: ([name, ...rest]) => redis.call(name, ...rest),
    [Symbol.asyncDispose]: async () => {
      await redis.quit();
    },
  };
}
