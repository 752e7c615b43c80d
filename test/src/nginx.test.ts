import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { freePort } from "./free-port.ts";
import { until } from "./interop/served-flags.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const nginx = "/usr/sbin/nginx";

// Without nginx there is no proxy to stand behind; the test command says so, too.
it.runIf(existsSync(nginx))(
  "reaches a stream through nginx as it comes",
  async () => {
    await using server = await ServerProcess.start();
    const management = new Management(server.url);
    await management.createProject("shop", ["production"]);
    await management.createFlag("shop", "checkout", ["new", "old"]);
    const authorization = await management.sdkKey("shop", "production");
    await using proxy = await startNginx(server.url);
    const leaving = new AbortController();
    const stream = await fetch(`${proxy.url}/all`, {
      headers: { authorization },
      signal: leaving.signal,
    });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("event: put")) text += (await reader?.read())?.value ?? "";

    await management.instruct("shop", "checkout", "production", [{ kind: "turnFlagOn" }]);
    // Only the flip itself can bring this: the first heartbeat comes long after the test's end.
    while (!text.includes("event: patch")) text += (await reader?.read())?.value ?? "";

    expect(text).toContain('"on":true');
    leaving.abort();
  },
  10_000,
);

/** nginx with nothing set but where to pass to. */
async function startNginx(upstream: string) {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-nginx-"));
  const port = await freePort();
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const temporary = places.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n");
  await writeFile(
    path.join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { access_log off; ${temporary}
  server { listen 127.0.0.1:${port}; location / { proxy_pass ${upstream}; } } }`,
  );
  const child = spawn(nginx, ["-p", folder, "-c", `${folder}/nginx.conf`], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (isThere) => isThere,
  );
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
