import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { newMember, type SignedIn } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const [ada, grace] = [
  await newMember(server, { email: "ada@example.com", role: "writer" }),
  await newMember(server, { email: "grace@example.com", role: "writer" }),
];
const requests = "/api/v2/approval-requests";
const flags = "/api/v2/flags/default";
const segments = "/api/v2/segments/default/production";

beforeAll(async () => {
  for (const resourceKind of ["flag", "segment"]) {
    await server.ask("PATCH", `${requests}/projects/default/settings`, {
      environmentKey: "production",
      resourceKind,
      required: true,
    });
  }
});

const askFor = (
  who: SignedIn,
  kind: "flag" | "segment",
  value: { key: string; [name: string]: unknown },
) =>
  server.askAs(who, "POST", requests, {
    resourceId: `proj/default:env/production:${kind}/${value.key}`,
    description: `We need ${value.key}`,
    instructions: [{ kind: kind === "flag" ? "createFlag" : "createSegment", value }],
  });
const idOf = (answer: { json: () => unknown }) =>
  z.object({ _id: z.string() }).parse(answer.json())._id;
const approve = (who: SignedIn, id: string) =>
  server.askAs(who, "POST", `${requests}/${id}/reviews`, { kind: "approve" });
const apply = (who: SignedIn, id: string) =>
  server.askAs(who, "POST", `${requests}/${id}/apply`, { comment: "go" });

describe("making a flag where approval is required", () => {
  it("says which call asks for it, when it is made by itself", async () => {
    const refused = await server.askAs(ada, "POST", flags, { key: "plain", name: "Plain" });

    expect(refused.statusCode).toBe(403);
    expect(refused.json().message).toContain(
      'POST /api/v2/approval-requests {"resourceId": "proj/default:env/production:flag/plain", "description": …, "instructions": [{"kind": "createFlag", "value": … (the body of this call)}]}',
    );
  });

  it("takes one that somebody else approved of, and no sooner", async () => {
    const made = await askFor(ada, "flag", { key: "fresh", name: "Fresh", isFlagOn: true });
    const id = idOf(made);
    const early = await apply(ada, id);
    const own = await approve(ada, id);
    const before = await server.ask("GET", `${flags}/fresh`);

    await approve(grace, id);
    const applied = await apply(grace, id);

    expect([made.statusCode, early.statusCode, own.statusCode]).toEqual([201, 403, 403]);
    expect(before.statusCode).toBe(404);
    expect(applied.json()).toMatchObject({ status: "completed" });
    expect((await server.ask("GET", `${flags}/fresh`)).json()).toMatchObject({
      name: "Fresh",
      maintainerId: ada.id,
      environments: { production: { on: true } },
    });
  });

  it("is logged in words, as a request and as a flag", async () => {
    const id = idOf(await askFor(ada, "flag", { key: "logged", name: "Logged" }));
    await approve(grace, id);
    await apply(ada, id);

    const log = await server.ask("GET", "/api/v2/auditlog?limit=10");

    const { items } = z
      .object({
        items: z.array(z.object({ description: z.string(), comment: z.string().optional() })),
      })
      .parse(log.json());
    const texts = items.map(({ description }) => description);
    expect(texts.some((one) => one.includes("Create flag logged"))).toBe(true);
    expect(items.find((one) => one.description.includes("Create the flag logged"))).toMatchObject({
      comment: "go",
    });
  });

  it("shows reviewers what the project's defaults add, and makes that", async () => {
    const made = await askFor(ada, "flag", { key: "settled", name: "Settled" });
    const [{ value } = { value: undefined }] = z
      .object({ instructions: z.array(z.object({ value: z.looseObject({}) })) })
      .parse(made.json()).instructions;
    await server.ask("PUT", "/api/v2/projects/default/flag-defaults", {
      tags: ["later"],
      temporary: false,
      defaultClientSideAvailability: { usingMobileKey: true, usingEnvironmentId: true },
      booleanDefaults: {
        trueDisplayName: "Yes",
        falseDisplayName: "No",
        trueDescription: "",
        falseDescription: "",
        onVariation: 0,
        offVariation: 1,
      },
    });
    await approve(grace, idOf(made));
    await apply(ada, idOf(made));

    expect(value).toMatchObject({
      temporary: true,
      clientSideAvailability: { usingEnvironmentId: false },
      variations: [{ value: true }, { value: false }],
    });
    expect((await server.ask("GET", `${flags}/settled`)).json()).toMatchObject({
      tags: [],
      temporary: true,
      clientSideAvailability: { usingEnvironmentId: false },
    });
  });

  it.each([
    ["a body that is none", { key: "wrong" }, "wrong", "instruction 0 (createFlag)"],
    ["another key than the request's", { key: "a", name: "A" }, "b", "give both the same"],
    [
      "defaults that name no variation",
      { key: "wrong", name: "W", defaults: { onVariation: 7, offVariation: 0 } },
      "wrong",
      "defaults name a variation",
    ],
    [
      "a required flag that is not there",
      { key: "wrong", name: "W", initialPrerequisites: [{ key: "gone", variationId: "v" }] },
      "wrong",
      "gone",
    ],
  ])("refuses to ask for %s", async (_, value, key, words) => {
    const refused = await server.askAs(ada, "POST", requests, {
      resourceId: `proj/default:env/production:flag/${key}`,
      description: "Please",
      instructions: [{ kind: "createFlag", value }],
    });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().message).toContain(words);
  });

  it("refuses to ask for one that is there, and for a change of one that is not", async () => {
    await server.ask("POST", flags, { key: "there", name: "There" });

    const taken = await askFor(ada, "flag", { key: "there", name: "There" });
    const absent = await server.askAs(ada, "POST", requests, {
      resourceId: "proj/default:env/production:flag/nowhere",
      description: "Please",
      instructions: [{ kind: "turnFlagOn" }],
    });

    expect([taken.statusCode, absent.statusCode]).toEqual([409, 404]);
  });

  it("is checked once more when it is applied", async () => {
    const id = idOf(await askFor(ada, "flag", { key: "raced", name: "Raced" }));
    await approve(grace, id);
    await server.ask("POST", flags, { key: "raced", name: "Another" });

    const applied = await apply(ada, id);

    expect(applied.statusCode).toBe(409);
    expect((await server.ask("GET", `${flags}/raced`)).json()).toMatchObject({ name: "Another" });
  });

  it("is another thing after an edit, which voids what was said of it", async () => {
    const id = idOf(await askFor(ada, "flag", { key: "edited", name: "Edited" }));
    await approve(grace, id);
    const edit = (value: object) =>
      server.askAs(ada, "PATCH", `${requests}/${id}`, {
        instructions: [{ kind: "replaceInstructions", value: [{ kind: "createFlag", value }] }],
      });

    const wrong = await edit({ key: "edited" });
    const edited = await edit({ key: "edited", name: "Edited", isFlagOn: true });
    const applied = await apply(ada, id);

    expect([wrong.statusCode, edited.statusCode, applied.statusCode]).toEqual([400, 200, 403]);
  });
});

describe("making a segment where approval is required", () => {
  it("takes one that somebody else approved of, and says how to ask", async () => {
    const body = { key: "beta", name: "Beta", tags: ["web"] };
    const refused = await server.askAs(ada, "POST", segments, body);
    const made = await askFor(ada, "segment", body);
    const id = idOf(made);
    const early = await apply(ada, id);
    await approve(grace, id);
    const applied = await apply(ada, id);
    const again = await askFor(ada, "segment", body);

    expect(refused.json().message).toContain('"instructions": [{"kind": "createSegment", "value"');
    expect([refused, made, early, applied, again].map((one) => one.statusCode)).toEqual([
      403, 201, 403, 200, 409,
    ]);
    expect((await server.ask("GET", `${segments}/beta`)).json()).toMatchObject(body);
  });
});
