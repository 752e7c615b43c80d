import {
  ApprovalsApi,
  EnvironmentsApi,
  FeatureFlagsApi,
  SegmentsApi,
} from "launchdarkly-api-typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const ada = await client.configurationOfMember("ada@example.com", "writer");
const grace = await client.configurationOfMember("grace@example.com", "writer");
const asked = new ApprovalsApi(ada);
const reviewing = new ApprovalsApi(grace);
const flags = new FeatureFlagsApi(ada);
const place = ["default", "checkout", "production"] as const;
const instructions = [{ kind: "turnFlagOn" }];

beforeAll(async () => {
  await flags.postFeatureFlag("default", { key: "checkout", name: "Checkout" });
  const environments = new EnvironmentsApi(client.configuration);
  const { data } = await environments.patchEnvironment("default", "production", [
    { op: "replace", path: "/approvalSettings/required", value: true },
    { op: "replace", path: "/approvalSettings/minNumApprovals", value: 1 },
  ]);
  expect(data.approvalSettings).toMatchObject({ required: true, canReviewOwnRequest: false });
});

describe("the generated client", () => {
  it("cannot change what has to be approved", async () => {
    const patch = [{ op: "replace", path: "/environments/production/on", value: true }];
    const changing = flags.patchFeatureFlag("default", "checkout", { patch });

    expect(await statusOfRefusal(changing)).toBe(403);
  });

  it("asks for approval, lets another member review, and applies", async () => {
    const body = { description: "For the sale", instructions };
    const { data: made } = await asked.postApprovalRequestForFlag(...place, body);
    const one = [...place, made._id] as const;
    const approve = { kind: "approve" as const, comment: "go" };

    const early = asked.postApprovalRequestApplyForFlag(...one, {});
    expect(await statusOfRefusal(early)).toBe(403);
    const own = asked.postApprovalRequestReviewForFlag(...one, approve);
    expect(await statusOfRefusal(own)).toBe(403);
    const { data: reviewed } = await reviewing.postApprovalRequestReviewForFlag(...one, approve);
    const { data: applied } = await asked.postApprovalRequestApplyForFlag(...one, {});
    const { data: read } = await asked.getApprovalForFlag(...one);
    const { data: flag } = await flags.getFeatureFlag("default", "checkout");

    expect(made).toMatchObject({ reviewStatus: "pending", status: "pending", instructions });
    expect(reviewed).toMatchObject({ reviewStatus: "approved", allReviews: [approve] });
    expect(applied.status).toBe("completed");
    expect(read.appliedByMemberId).toBe(made.requestorId);
    expect(flag.environments?.["production"]?.on).toBe(true);
  });

  it("asks for a copy of another environment, lists requests and takes one back", async () => {
    const copy = { description: "As in test", source: { key: "test" } };
    const { data: made } = await asked.postFlagCopyConfigApprovalRequest(...place, copy);
    const { data: ofFlag } = await asked.getApprovalsForFlag(...place);
    await asked.deleteApprovalRequestForFlag(...place, made._id);

    expect(made.source?.key).toBe("test");
    expect(ofFlag.items.map(({ _id }) => _id)).toContain(made._id);
    expect(await statusOfRefusal(asked.getApprovalForFlag(...place, made._id))).toBe(404);
  });

  it("asks about a segment, is declined, and finds the request", async () => {
    await new SegmentsApi(ada).postSegment("default", "test", { key: "beta", name: "Beta" });
    const { data: made } = await asked.postApprovalRequest({
      resourceId: "proj/default:env/test:segment/beta",
      description: "More people",
      instructions: [{ kind: "addIncludedTargets", contextKind: "user", values: ["ada"] }],
    });
    await reviewing.postApprovalRequestReview(made._id, { kind: "decline", comment: "later" });
    const { data: list } = await asked.getApprovalRequests("reviewStatus:declined");
    const { data: read } = await asked.getApprovalRequest(made._id);
    const applying = asked.postApprovalRequestApply(made._id, {});

    expect(list.items?.map(({ _id }) => _id)).toEqual([made._id]);
    expect(read.allReviews).toMatchObject([{ kind: "decline", comment: "later" }]);
    expect(await statusOfRefusal(applying)).toBe(403);
    await asked.deleteApprovalRequest(made._id);
  });
});
