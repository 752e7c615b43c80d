import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const pipelines = "/api/v2/projects/default/release-pipelines";
const configuration = { releaseStrategy: "immediate-rollout", requireApproval: true };
const phases = [
  { name: "Try", audiences: [{ environmentKey: "test", name: "Everyone in test" }] },
  {
    name: "Serve",
    audiences: [{ environmentKey: "production", name: "Everyone", configuration }],
  },
];
await server.ask("POST", pipelines, { key: "usual", name: "Usual", phases });

let number = 0;
let flagKey = "";
beforeEach(async () => {
  number += 1;
  flagKey = `flag-${number}`;
  await server.ask("POST", "/api/v2/flags/default", { key: flagKey, name: flagKey });
});

const Release = z.object({
  phases: z.array(
    z.object({
      _id: z.string(),
      status: z.string(),
      _audiences: z.array(z.object({ approvalRequestId: z.string().optional() })),
    }),
  ),
});
const begin = () =>
  server.ask("PUT", `/api/v2/projects/default/flags/${flagKey}/release`, {
    releasePipelineKey: "usual",
  });
const move = (id: string | undefined, status: string, token?: string) =>
  server.ask(
    "PUT",
    `/api/v2/projects/default/flags/${flagKey}/release/phases/${id}`,
    { status },
    token,
  );

async function isOn(environment: string): Promise<boolean> {
  const { environments } = (await server.ask("GET", `/api/v2/flags/default/${flagKey}`)).json();
  return z.boolean().parse(environments[environment].on);
}

describe("a release pipeline", () => {
  it("is made, listed, replaced and deleted, and knows its environments", async () => {
    const body = { key: "other", name: "Other", phases, tags: ["web"] };

    const made = await server.ask("POST", pipelines, body);
    const again = await server.ask("POST", pipelines, body);
    const listed = await server.ask("GET", `${pipelines}?filter=query:other`);
    const unknown = [{ name: "No", audiences: [{ environmentKey: "nowhere", name: "No" }] }];
    const wrong = await server.ask("PUT", `${pipelines}/other`, { name: "O", phases: unknown });
    const replaced = await server.ask("PUT", `${pipelines}/other`, { name: "O", phases });
    const gone = await server.ask("DELETE", `${pipelines}/other`);

    expect(made.json()).toMatchObject({ key: "other", tags: ["web"], _version: 1 });
    expect(listed.json()).toMatchObject({ totalCount: 1, items: [{ key: "other" }] });
    expect(replaced.json()).toMatchObject({ name: "O", _version: 2 });
    expect([again.statusCode, wrong.statusCode, gone.statusCode]).toEqual([409, 400, 204]);
  });
});

describe("a release", () => {
  it("gives the flag to the audiences of a phase when it is started", async () => {
    const { phases: begun } = Release.parse((await begin()).json());

    const early = await move(begun[1]?._id, "Started");
    const tried = await move(begun[0]?._id, "Started");

    expect(early.statusCode).toBe(409);
    expect(Release.parse(tried.json()).phases.map(({ status }) => status)).toEqual([
      "Complete",
      "ReadyToStart",
    ]);
    expect([await isOn("test"), await isOn("production")]).toEqual([true, false]);
  });

  it("waits for the approval that an audience asks for", async () => {
    const grace = await newMember(server, { email: `g${number}@example.com`, role: "writer" });
    const { phases: begun } = Release.parse((await begin()).json());
    await move(begun[0]?._id, "Complete");
    const started = Release.parse((await move(begun[1]?._id, "Started")).json());
    const id = started.phases[1]?._audiences[0]?.approvalRequestId;

    const early = await move(begun[1]?._id, "Complete");
    const request = `/api/v2/approval-requests/${id}`;
    await server.askAs(grace, "POST", `${request}/reviews`, { kind: "approve" });
    await server.ask("POST", `${request}/apply`, {});
    const completed = await server.ask("PATCH", `/api/v2/flags/default/${flagKey}/release`, [
      { op: "replace", path: "/phases/1/complete", value: true },
    ]);

    expect(early.statusCode).toBe(409);
    expect(Release.parse(completed.json()).phases[1]?.status).toBe("Complete");
    expect(await isOn("production")).toBe(true);
    const all = await server.ask("GET", `${pipelines}/usual/releases?filter=flagKey:${flagKey}`);
    expect(all.json()).toMatchObject({ completedCount: 1, activeCount: 0, totalCount: 1 });
  });

  it("does not reach who may not change the flag there, and ends", async () => {
    const { token } = await newToken(server, {
      inlineRole: [
        {
          effect: "allow",
          actions: ["updateReleasePhaseStatus"],
          resources: ["proj/*:env/*:flag/*"],
        },
      ],
    });
    const { phases: begun } = Release.parse((await begin()).json());

    const refused = await move(begun[0]?._id, "Started", token);
    const ended = await server.ask("DELETE", `/api/v2/flags/default/${flagKey}/release`);

    expect([refused.statusCode, ended.statusCode]).toEqual([403, 204]);
    expect(await isOn("test")).toBe(false);
  });
});
