import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { decideAccess } from "./access-check.ts";
import { compilePolicy, permits, type Statement } from "./policy.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const resource = "proj/default:env/test:flag/checkout";
const asked = { action: "updateOn", resource };

async function answerTo(question: object) {
  return server.ask("POST", "/api/v2/access-check", { ...asked, ...question });
}

const allowing: Statement = {
  effect: "allow",
  actions: ["update*"],
  resources: ["proj/*:env/*:flag/*"],
};
const denying: Statement = {
  effect: "deny",
  actions: ["*"],
  resources: ["proj/*:env/*;{critical:true}:flag/*"],
};

describe("asking whether something is allowed", () => {
  it("names the statement that decides", async () => {
    const policy = [allowing, denying];
    const before = (await answerTo({ policy })).json();
    const patch = [{ op: "replace", path: "/critical", value: true }];
    await server.ask("PATCH", "/api/v2/projects/default/environments/test", patch);
    const after = (await answerTo({ policy })).json();

    expect(before).toMatchObject({ allowed: true, decidedBy: { statement: allowing } });
    expect(after).toEqual({
      allowed: false,
      sentence: `The policy may not updateOn on ${resource}: a statement of the policy denies it.`,
      decidedBy: { origin: "the policy", statement: denying },
      resource,
    });
  });

  it("knows roles, and what a member has by them", async () => {
    const role = {
      key: "deployer",
      name: "Deployer",
      policy: [allowing],
      basePermissions: "no_access",
    };
    await server.ask("POST", "/api/v2/roles", role);
    const member = await newMember(server, { email: "ada@example.com", customRoles: ["deployer"] });

    expect((await answerTo({ role: "reader" })).json()).toEqual({
      allowed: false,
      sentence: `The base role reader may not updateOn on ${resource}: nothing allows it.`,
      resource,
    });
    expect((await answerTo({ role: "deployer" })).json().allowed).toBe(true);
    expect((await answerTo({ member: member.id })).json()).toMatchObject({
      allowed: true,
      decidedBy: { origin: "the role deployer", statement: allowing },
    });
  });

  it("names the environment that is refused where it concerns all", async () => {
    const everywhere = "proj/default:env/*:flag/checkout";
    const policy = [{ ...allowing, resources: ["proj/*:env/production:flag/*"] }];

    const answer = (await answerTo({ policy, resource: everywhere })).json();

    expect(answer).toMatchObject({ allowed: false, resource });
  });

  it.each<[string, object, number]>([
    ["no one", {}, 400],
    ["two at once", { role: "reader", policy: [] }, 400],
    ["everything", { role: "reader", resource: "*" }, 400],
    ["what cannot be read", { role: "reader", resource: "!!" }, 400],
    ["a role that is not there", { role: "nowhere" }, 404],
    ["a member who is not there", { member: "nobody" }, 404],
  ])("refuses to be asked about %s", async (_name, question, status) => {
    expect((await answerTo(question)).statusCode).toBe(status);
  });
});

it("decides as permission is decided, and names a statement of that effect", () => {
  const statement: fc.Arbitrary<Statement> = fc.record({
    effect: fc.constantFrom("allow" as const, "deny" as const),
    actions: fc.constantFrom(["a"], ["*"], ["b"]),
    resources: fc.constantFrom(["*"], ["proj/x"], ["proj/y"]),
  });
  const policies = fc.array(fc.array(statement, { maxLength: 4 }), { maxLength: 3 });
  const at = [{ kind: "proj", key: "x", tags: [], properties: {} }];
  fc.assert(
    fc.property(policies, (written) => {
      const compiled = written.map((one) => compilePolicy(one));

      const { isAllowed, decidedBy } = decideAccess(compiled, "a", at);

      expect(isAllowed).toBe(compiled.some((one) => permits(one, "a", at)));
      if (decidedBy !== undefined)
        expect(decidedBy.statement.effect).toBe(isAllowed ? "allow" : "deny");
    }),
  );
});
