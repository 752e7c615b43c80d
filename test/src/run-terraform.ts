// Runs the acceptance tests of LaunchDarkly's Terraform provider, as they are published, against our server.
// It needs no Terraform, for this version's tests bring the engine; where they cannot be built, that is said.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { moduleSources, run } from "./go-module.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const module = "github.com/launchdarkly/terraform-provider-launchdarkly@v1.7.1";
const say = (line: string): void => void process.stdout.write(`terraform: ${line}\n`);
const folder = mkdtempSync(path.join(tmpdir(), "halyard-terraform-"));
/** Names of tests that may be chosen; destinations of exported data are not served here. */
const [, , chosen = "TestAcc"] = process.argv;

try {
  const sources = moduleSources(module, folder);
  if (sources === undefined) say(`nothing checked, for Go cannot fetch ${module}`);
  else await accept(sources);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function accept(sources: string): Promise<void> {
  const program = path.join(folder, "provider.test");
  run("go", ["test", "-C", sources, "-mod=mod", "-c", "-o", program, "./launchdarkly"]);
  await using server = await ServerProcess.start();
  const { stdout } = spawnSync(program, ["-test.v", "-test.run", chosen], {
    encoding: "utf8",
    cwd: path.join(sources, "launchdarkly"),
    maxBuffer: 2 ** 28,
    env: {
      ...process.env,
      TF_ACC: "1",
      LAUNCHDARKLY_API_HOST: server.url,
      LAUNCHDARKLY_ACCESS_TOKEN: await personalToken(server.url),
    },
  });
  const ended = (how: string) =>
    [...stdout.matchAll(new RegExp(`^--- ${how}: (\\S+)`, "gmu"))].map(([, name = ""]) => name);
  const failed = ended("FAIL").filter((name) => !name.startsWith("TestAccDestination"));
  for (const name of failed) say(`failed: ${name}`);
  say(`${ended("PASS").length} passed, ${failed.length} failed, beside those of destinations`);
}

/** Of a member, for what a service token makes are service tokens. */
async function personalToken(url: string): Promise<string> {
  const settings = [{ email: "ada@example.com", role: "admin" }];
  const invited = await new Management(url).ask("POST", "/api/v2/members", settings);
  const { items } = z
    .object({ items: z.array(z.object({ invitation: z.string() })).length(1) })
    .parse(invited);
  const token = items[0]?.invitation.replace("/invite/", "");
  const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", ...headers },
      body: JSON.stringify(body),
    });
  const accepted = await post("/api/invitation", { token, password: "correct horse battery" });
  const cookie = accepted.headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await post("/api/v2/tokens", { name: "terraform", role: "admin" }, { cookie });
  return z.object({ token: z.string() }).parse(await made.json()).token;
}
