import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { newMember, newToken, type SignedIn } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-11-01T00:00:00Z");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const [ada, grace, linus] = [
  await newMember(server, { email: "ada@example.com", role: "writer" }),
  await newMember(server, { email: "grace@example.com", role: "writer" }),
  await newMember(server, { email: "linus@example.com", role: "writer" }),
];
const settingsPath = "/api/v2/approval-requests/projects/default/settings";
const turnOn = [{ kind: "turnFlagOn" }];
let flagKey = "";
let number = 0;

const settle = (settings: object, resourceKind = "flag") =>
  server.ask("PATCH", settingsPath, { environmentKey: "production", resourceKind, ...settings });
const relaxed = {
  required: false,
  minNumApprovals: 1,
  canReviewOwnRequest: false,
  canApplyDeclinedChanges: false,
  autoApplyApprovedChanges: false,
  requiredApprovalTags: [],
};
const pathOf = (key: string) =>
  `/api/v2/projects/default/flags/${key}/environments/production/approval-requests`;

beforeEach(async () => {
  await settle(relaxed);
  await settle(relaxed, "segment");
  number += 1;
  flagKey = `flag-${number}`;
  await server.ask("POST", "/api/v2/flags/default", { key: flagKey, name: flagKey, tags: ["pay"] });
});

async function isOn(): Promise<boolean> {
  const flag = await server.ask("GET", `/api/v2/flags/default/${flagKey}`);
  const { environments } = z
    .object({ environments: z.object({ production: z.object({ on: z.boolean() }) }) })
    .parse(flag.json());
  return environments.production.on;
}

async function ask(who: SignedIn, instructions: object[] = turnOn, more = {}): Promise<string> {
  const body = { description: "Let it begin", instructions, ...more };
  const made = await server.askAs(who, "POST", pathOf(flagKey), body);
  expect(made.json()).toMatchObject({ status: "pending", reviewStatus: "pending" });
  return z.object({ _id: z.string() }).parse(made.json())._id;
}

const review = (who: SignedIn, id: string, kind: string) =>
  server.askAs(who, "POST", `/api/v2/approval-requests/${id}/reviews`, { kind });
const apply = (who: SignedIn, id: string) =>
  server.askAs(who, "POST", `/api/v2/approval-requests/${id}/apply`, { comment: "go" });
const directly = (who: SignedIn, instructions: object[] = turnOn) =>
  server.askAs(who, "PATCH", `/api/v2/flags/default/${flagKey}`, {
    environmentKey: "production",
    instructions,
  });

describe("an environment that requires approval", () => {
  beforeEach(() => settle({ required: true, minNumApprovals: 2 }));

  it("refuses direct changes, and says how to ask", async () => {
    const refused = await directly(ada);

    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ code: "approval_required" });
    expect(refused.json().message).toContain(
      `POST /api/v2/approval-requests {"resourceId": "proj/default:env/production:flag/${flagKey}"`,
    );
    expect(await isOn()).toBe(false);
  });

  it("takes a change that as many members approved of as it asks for", async () => {
    const id = await ask(ada);

    await review(grace, id, "approve");
    const early = await apply(ada, id);
    const approved = await review(linus, id, "approve");
    const applied = await apply(ada, id);
    const again = await apply(ada, id);

    expect(early.statusCode).toBe(403);
    expect(early.json().message).toContain("lacks 1 of 2 approvals");
    expect(approved.json()).toMatchObject({ reviewStatus: "approved", status: "pending" });
    expect(applied.json()).toMatchObject({ status: "completed", appliedByMemberId: ada.id });
    expect(again.statusCode).toBe(409);
    expect(await isOn()).toBe(true);
  });

  it("counts nobody twice, not the author, and no service token", async () => {
    const id = await ask(ada);
    const service = await newToken(server, { role: "writer", serviceToken: true });
    const path = `/api/v2/approval-requests/${id}/reviews`;

    await review(grace, id, "approve");
    await review(grace, id, "approve");
    const own = await review(ada, id, "approve");
    const byToken = await server.ask("POST", path, { kind: "approve" }, service.token);
    const applied = await apply(grace, id);

    expect(own.statusCode).toBe(403);
    expect(byToken.statusCode).toBe(403);
    expect(applied.json().message).toContain("lacks 1 of 2 approvals");
  });

  it("takes the author's own token for the author", async () => {
    const id = await ask(ada);
    const body = { name: "mine", role: "writer" };
    const made = await server.askAs(ada, "POST", "/api/v2/tokens", body);
    const { token } = z.object({ token: z.string() }).parse(made.json());

    const path = `/api/v2/approval-requests/${id}/reviews`;
    const refused = await server.ask("POST", path, { kind: "approve" }, token);

    expect(refused.statusCode).toBe(403);
    expect(refused.json().message).toContain("you wrote what is to be reviewed");
  });

  it("forgets reviews when the instructions change, and makes an author of who changed them", async () => {
    const id = await ask(ada);
    await review(grace, id, "approve");
    await review(linus, id, "approve");

    const edited = await server.askAs(grace, "PATCH", `/api/v2/approval-requests/${id}`, {
      instructions: [{ kind: "replaceInstructions", value: [{ kind: "turnFlagOff" }] }],
    });
    const applied = await apply(ada, id);
    const own = await review(grace, id, "approve");

    expect(edited.json()).toMatchObject({
      reviewStatus: "pending",
      instructions: [{ kind: "turnFlagOff" }],
      allReviews: [{ isOutdated: true }, { isOutdated: true }],
    });
    expect(applied.statusCode).toBe(403);
    expect(own.statusCode).toBe(403);
  });

  it("forgets reviews too where the author changes the instructions", async () => {
    const id = await ask(ada);
    await review(grace, id, "approve");
    await review(linus, id, "approve");

    await server.askAs(ada, "PATCH", `/api/v2/approval-requests/${id}`, {
      instructions: [{ kind: "replaceInstructions", value: [{ kind: "archiveFlag" }] }],
    });
    const applied = await apply(ada, id);

    expect(applied.statusCode).toBe(403);
    expect(applied.json().message).toContain("lacks 2 of 2 approvals");
  });

  it("applies nothing that somebody declines, until they think again", async () => {
    const id = await ask(ada);
    await review(grace, id, "approve");
    const service = await newMember(server, { email: `m${number}@example.com`, role: "writer" });
    await review(service, id, "approve");

    const declined = await review(linus, id, "decline");
    const refused = await apply(ada, id);
    await review(linus, id, "approve");
    const applied = await apply(ada, id);

    expect(declined.json()).toMatchObject({ reviewStatus: "declined" });
    expect(refused.statusCode).toBe(403);
    expect(applied.statusCode).toBe(200);
  });

  it("is not made weaker without the right to bypass it", async () => {
    const weaker = [
      { required: false },
      { minNumApprovals: 1 },
      { canReviewOwnRequest: true },
      { requiredApprovalTags: ["nothing"] },
      { bypassApprovalsForPendingChanges: true },
    ];
    for (const settings of weaker) {
      const body = { environmentKey: "production", resourceKind: "flag", ...settings };
      const answer = await server.askAs(ada, "PATCH", settingsPath, body);
      expect([answer.statusCode, settings]).toEqual([403, settings]);
    }
    const path = "/api/v2/projects/default/environments/production";
    const patch = [{ op: "replace", path: "/approvalSettings/required", value: false }];
    const patched = await server.ask(
      "PATCH",
      path,
      patch,
      (await newToken(server, { role: "writer" })).token,
    );
    const stronger = await server.askAs(ada, "PATCH", settingsPath, {
      environmentKey: "production",
      resourceKind: "flag",
      minNumApprovals: 3,
    });

    expect(patched.statusCode).toBe(403);
    expect(stronger.statusCode).toBe(200);
    expect((await server.ask("GET", path)).json()).toMatchObject({
      approvalSettings: { required: true, minNumApprovals: 3 },
    });
  });

  it("lets those with the right bypass it", async () => {
    const { token } = await newToken(server, {
      inlineRole: [
        {
          effect: "allow",
          actions: ["updateOn", "bypassRequiredApproval"],
          resources: ["proj/*:env/production:flag/*"],
        },
      ],
    });
    const body = { environmentKey: "production", instructions: turnOn };

    const answer = await server.ask("PATCH", `/api/v2/flags/default/${flagKey}`, body, token);

    expect(answer.statusCode).toBe(200);
    expect(await isOn()).toBe(true);
  });

  it("guards what is changed of the whole flag, and what would be served later", async () => {
    const later = Date.parse("2027-01-01T00:00:00Z");
    const flag = await server.ask("GET", `/api/v2/flags/default/${flagKey}`);
    const { variations } = z
      .object({ variations: z.array(z.object({ _id: z.string() })) })
      .parse(flag.json());
    const variationId = variations[0]?._id ?? "";
    const target = { kind: "addTargets", variationId, values: ["ada"], contextKind: "user" };
    await server.ask("PATCH", `/api/v2/flags/default/${flagKey}`, {
      environmentKey: "production",
      instructions: [target],
    });

    const answers = [
      await directly(ada, [{ kind: "turnOnClientSideAvailability", value: "usingEnvironmentId" }]),
      await directly(ada, [{ kind: "archiveFlag" }]),
      await server.askAs(ada, "DELETE", `/api/v2/flags/default/${flagKey}`),
      await server.askAs(ada, "POST", "/api/v2/flags/default", { key: "fresh", name: "Fresh" }),
      await directly(ada, [
        { kind: "addExpiringTarget", variationId, contextKey: "ada", value: later },
      ]),
      await server.askAs(ada, "PATCH", `/api/v2/flags/default/${flagKey}`, [
        { op: "replace", path: "/environments/production/on", value: true },
      ]),
    ];
    const named = await directly(ada, [{ kind: "updateName", value: "Another" }]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(named.statusCode).toBe(200);
  });

  it("guards the targeting of an archived flag, which is served when it comes back", async () => {
    await server.ask("PATCH", `/api/v2/flags/default/${flagKey}`, {
      instructions: [{ kind: "archiveFlag" }],
    });

    const refused = await directly(ada);

    expect(refused.statusCode).toBe(403);
  });

  it("is not deleted, by itself or with its project, without the right to bypass it", async () => {
    const environment = "/api/v2/projects/default/environments/production";

    const alone = await server.askAs(ada, "DELETE", environment);
    const whole = await server.askAs(ada, "DELETE", "/api/v2/projects/default");

    expect([alone.statusCode, whole.statusCode]).toEqual([403, 403]);
    expect(alone.json().code).toBe("approval_required");
    expect((await server.ask("GET", environment)).statusCode).toBe(200);
  });

  it("applies by itself what is approved, where the settings say so", async () => {
    await settle({ autoApplyApprovedChanges: true, minNumApprovals: 1 });
    const id = await ask(ada);

    const approved = await review(grace, id, "approve");

    expect(approved.json()).toMatchObject({ status: "completed" });
    expect(await isOn()).toBe(true);
  });

  it("applies an approved change at the time that it names", async () => {
    const id = await ask(ada, turnOn, { executionDate: now + 60_000 });
    await review(grace, id, "approve");
    await review(linus, id, "approve");

    const waiting = await apply(ada, id);
    await server.running.runDueWork();
    const before = await isOn();
    now += 60_000;
    await server.running.runDueWork();

    expect(waiting.json()).toMatchObject({ status: "scheduled" });
    expect([before, await isOn()]).toEqual([false, true]);
  });

  it("says why an approved change could not be applied at its time", async () => {
    const id = await ask(ada, turnOn, { executionDate: now + 60_000 });
    await review(grace, id, "approve");
    await review(linus, id, "approve");
    await apply(ada, id);
    await server.ask("DELETE", `/api/v2/flags/default/${flagKey}`);

    now += 60_000;
    await server.running.runDueWork();

    const shown = await server.ask("GET", `/api/v2/approval-requests/${id}`);
    expect(shown.json()).toMatchObject({ status: "failed" });
    expect(shown.json().conflicts[0].reason).toContain(`no flag "${flagKey}"`);
  });
});

describe("required tags", () => {
  beforeEach(() => settle({ required: true, requiredApprovalTags: ["pay"] }));

  it("protect the flags that have them, which do not lose them unapproved", async () => {
    const refused = await directly(ada);
    const untagged = await directly(ada, [{ kind: "removeTags", values: ["pay"] }]);
    await server.ask("PATCH", `/api/v2/flags/default/${flagKey}`, {
      instructions: [{ kind: "removeTags", values: ["pay"] }],
    });
    const free = await directly(ada);

    expect([refused.statusCode, untagged.statusCode, free.statusCode]).toEqual([403, 403, 200]);
  });
});

describe("a protected segment", () => {
  const path = "/api/v2/segments/default/production";

  it("is changed by approved requests only, its members and deletion too", async () => {
    const key = `beta-${number}`;
    const big = { key, name: "Beta", unbounded: true };
    await server.ask("POST", path, big);
    await settle({ required: true }, "segment");
    const instructions = [{ kind: "addBigSegmentIncludedTargets", values: ["ada"] }];

    const direct = await server.askAs(ada, "PATCH", `${path}/${key}`, { instructions });
    const deleted = await server.askAs(ada, "DELETE", `${path}/${key}`);
    const made = await server.askAs(ada, "POST", "/api/v2/approval-requests", {
      resourceId: `proj/default:env/production:segment/${key}`,
      description: "Ada joins",
      instructions,
    });
    const { _id: id } = z.object({ _id: z.string() }).parse(made.json());
    await review(grace, id, "approve");
    const applied = await apply(ada, id);

    expect([direct.statusCode, deleted.statusCode]).toEqual([403, 403]);
    expect(applied.statusCode).toBe(200);
    expect((await server.ask("GET", `${path}/${key}`)).json()).toMatchObject({
      _unboundedMetadata: { includedCount: 1 },
    });
  });
});

describe("a request", () => {
  it("is reviewed by who may, or who was asked to", async () => {
    const reader = await newMember(server, { email: `r${number}@example.com`, role: "reader" });
    const open = await ask(ada);
    const named = await ask(ada, turnOn, { notifyMemberIds: [reader.id] });

    const refused = await review(reader, open, "approve");
    const taken = await review(reader, named, "approve");

    expect([refused.statusCode, taken.statusCode]).toEqual([403, 200]);
  });

  it("is listed, filtered, expanded, renamed and taken back", async () => {
    const id = await ask(ada);
    const resourceId = `proj/default:env/production:flag/${flagKey}`;

    const query = `?filter=resourceId:${encodeURIComponent(`"${resourceId}"`)},status:pending`;
    const listed = await server.ask("GET", `/api/v2/approval-requests${query}&expand=flag,project`);
    const edited = await server.ask("PATCH", `${pathOf(flagKey)}/${id}`, {
      instructions: [
        { kind: "updateDescription", value: "Later" },
        { kind: "addReviewers", notifyMemberIds: [grace.id] },
      ],
    });
    const elsewhere = await server.ask("GET", `${pathOf("another")}/${id}`);
    const gone = await server.ask("DELETE", `${pathOf(flagKey)}/${id}`);

    expect(listed.json()).toMatchObject({
      totalCount: 1,
      items: [{ _id: id, flag: { key: flagKey }, project: { key: "default" } }],
    });
    expect(edited.json()).toMatchObject({ description: "Later", notifyMemberIds: [grace.id] });
    expect([elsewhere.statusCode, gone.statusCode]).toEqual([404, 204]);
    expect((await server.ask("GET", `${pathOf(flagKey)}/${id}`)).statusCode).toBe(404);
  });

  it("copies a flag's targeting from another environment", async () => {
    await server.ask("PATCH", `/api/v2/flags/default/${flagKey}`, {
      environmentKey: "test",
      instructions: turnOn,
    });

    const made = await server.askAs(ada, "POST", `${pathOf(flagKey)}-flag-copy`, {
      description: "As in test",
      source: { key: "test" },
    });
    const { _id: id } = z.object({ _id: z.string() }).parse(made.json());
    await review(grace, id, "approve");
    await apply(ada, id);

    expect(made.json()).toMatchObject({ instructions: turnOn, source: { key: "test" } });
    expect(await isOn()).toBe(true);
  });
});
