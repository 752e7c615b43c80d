import { cp } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type RunningServer, startServer } from "../server.ts";
import { parseSettings } from "../settings.ts";

const token = "api-the-owner-of-this-server";

/** A server on a folder that may outlive it. */
export async function startOn(folder: string, now: () => number): Promise<RunningServer> {
  const settings = parseSettings({
    HALYARD_DATA: folder,
    HALYARD_BOOTSTRAP_TOKEN: token,
    HALYARD_DRAIN_SECONDS: "0.1",
    HALYARD_RATE_LIMIT: "0",
    HALYARD_LOG_LEVEL: "silent",
  });
  return startServer({ ...settings, host: "127.0.0.1", port: 0 }, now);
}

/** What a kill at this moment would leave: the files as they lie, without the lock of the dead process. */
export async function killed(folder: string, as: string): Promise<string> {
  const image = path.join(path.dirname(folder), as);
  await cp(folder, image, { recursive: true, filter: (file) => !file.endsWith("halyard.lock") });
  return image;
}

type Method = "GET" | "POST" | "PATCH";

async function ask(server: RunningServer, method: Method, url: string, payload?: object) {
  const options = { method, url, headers: { authorization: token } };
  const answer = await server.app.inject(payload === undefined ? options : { ...options, payload });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`);
  return answer;
}

const keys = ["scheduled", "approved", "triggered", "staged", "expiring"] as const;
const workflow = (key: string, what: string) =>
  `/api/v2/projects/default/flags/${key}/environments/production/${what}`;
const flagsPath = "/api/v2/flags/default";
const segment = "/api/v2/segments/default/production/beta";
const instructions = [{ kind: "turnFlagOn" }];
const atTime = { kind: "schedule", scheduleKind: "absolute" };
const Flag = z.object({
  _version: z.int(),
  variations: z.array(z.object({ _id: z.string() })),
  environments: z.object({
    production: z.object({ on: z.boolean(), targets: z.array(z.object({})) }),
  }),
});

const Segment = z.object({ version: z.int(), included: z.array(z.string()) });

/** What is done by itself shows here, and how often it was done shows in the versions. */
interface PendingState {
  readonly key: string;
  readonly on: boolean;
  readonly targets: number;
  readonly version: number;
}

/** How the flags are now on which something is pending, and last the segment. */
export async function statesOf(server: RunningServer): Promise<readonly PendingState[]> {
  const beta = Segment.parse((await ask(server, "GET", segment)).json());
  const flags = await Promise.all(
    keys.map(async (key) => {
      const flag = Flag.parse((await ask(server, "GET", `${flagsPath}/${key}`)).json());
      const { on, targets } = flag.environments.production;
      return { key, on, targets: targets.length, version: flag._version };
    }),
  );
  return [
    ...flags,
    { key: "beta", on: false, targets: beta.included.length, version: beta.version },
  ];
}

/** Sets everything up that is done at a time, and gives the path of a trigger. */
export async function prepare(server: RunningServer, at: number): Promise<string> {
  for (const key of keys) await ask(server, "POST", flagsPath, { key, name: key });
  await ask(server, "POST", workflow("scheduled", "scheduled-changes"), {
    executionDate: at,
    instructions,
  });
  await ask(server, "PATCH", "/api/v2/approval-requests/projects/default/settings", {
    environmentKey: "production",
    resourceKind: "flag",
    canReviewOwnRequest: true,
  });
  await approve(server, at);
  const made = await ask(server, "POST", `${flagsPath}/triggered/triggers/production`, {
    integrationKey: "generic-trigger",
    instructions,
  });
  await ask(server, "POST", workflow("staged", "workflows"), {
    name: "At its time",
    stages: [{ conditions: [{ ...atTime, executionDate: at }], action: { instructions } }],
  });
  await prepareExpiry(server, at);
  return new URL(z.object({ triggerURL: z.string() }).parse(made.json()).triggerURL).pathname;
}

async function prepareExpiry(server: RunningServer, at: number): Promise<void> {
  const flag = Flag.parse((await ask(server, "GET", `${flagsPath}/expiring`)).json());
  const variationId = flag.variations[0]?._id;
  await ask(server, "PATCH", `${flagsPath}/expiring`, {
    environmentKey: "production",
    instructions: [
      { kind: "addTargets", variationId, values: ["ada"] },
      { kind: "addExpiringTarget", variationId, contextKey: "ada", value: at },
    ],
  });
  await ask(server, "POST", path.dirname(segment), { key: "beta", name: "Beta" });
  await ask(server, "PATCH", segment, {
    instructions: [
      { kind: "addIncludedTargets", contextKind: "user", values: ["ada"] },
      {
        kind: "addExpiringTarget",
        contextKind: "user",
        contextKey: "ada",
        targetType: "included",
        value: at,
      },
    ],
  });
}

/** A request is approved by a member: the bootstrap token is nobody. */
async function approve(server: RunningServer, at: number): Promise<void> {
  const invited = await ask(server, "POST", "/api/v2/members", [
    { email: "ada@example.com", role: "writer" },
  ]);
  const invitation = /"invitation":"\/invite\/([^"]+)"/u.exec(invited.body)?.[1];
  const accepted = await server.app.inject({
    method: "POST",
    url: "/api/invitation",
    payload: { token: invitation, password: "correct horse battery" },
  });
  const cookie = String(accepted.headers["set-cookie"]).split(";")[0] ?? "";
  const made = await ask(server, "POST", workflow("approved", "approval-requests"), {
    description: "At its time",
    executionDate: at,
    instructions,
  });
  const { _id: id } = z.object({ _id: z.string() }).parse(made.json());
  const reviewed = await server.app.inject({
    method: "POST",
    url: `/api/v2/approval-requests/${id}/reviews`,
    headers: { cookie, "sec-fetch-site": "same-origin" },
    payload: { kind: "approve" },
  });
  if (reviewed.statusCode !== 200) throw new Error(reviewed.body);
  await ask(server, "POST", `/api/v2/approval-requests/${id}/apply`, {});
}
