import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { findMember, nameOf } from "../members/member-queries.ts";
import { getRole } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { decideAccess } from "./access-check.ts";
import { policiesOfBaseRole } from "./base-role.ts";
import { policiesOfMember, policyOfRole } from "./member-policies.ts";
import { compilePolicy, type Policy, Statement } from "./policy.ts";
import { parseSpecifier, SpecifierError } from "./resource.ts";
import { resourcesAt, type Step } from "./resource-facts.ts";

const Question = z
  .object({
    action: z.string().min(1).describe("Such as updateOn."),
    resource: z.string().min(1).describe("Such as proj/web-shop:env/production:flag/checkout."),
    member: z.string().optional().describe("The id of a member."),
    role: z.string().optional().describe("The key of a custom role, or the name of a base role."),
    policy: z.array(Statement).optional().describe("Statements that are not kept yet."),
  })
  .refine(
    ({ member, role, policy }) =>
      [member, role, policy].filter((one) => one !== undefined).length === 1,
    "give one of member, role and policy",
  )
  .meta({
    examples: [
      { role: "writer", action: "updateOn", resource: "proj/default:env/test:flag/checkout" },
    ],
  });
type Question = z.infer<typeof Question>;
const Answer = z
  .object({
    allowed: z.boolean(),
    sentence: z.string(),
    decidedBy: z
      .object({
        origin: z.string().describe("Where the statement stands, such as `the role deployer`."),
        statement: z.looseObject({ effect: z.enum(["allow", "deny"]) }),
      })
      .optional()
      .describe("Absent where nothing speaks of it, which denies."),
    resource: z.string().describe("Of several environments the first that is refused."),
  })
  .meta({ id: "AccessAnswer" });

/** Can somebody do something, and what decides it? */
export const accessCheckRoutes: FastifyPluginAsyncZod<{ readonly db: Db }> = async (
  app,
  { db },
) => {
  app.post(
    "/api/v2/access-check",
    // It is asked by POST because policies are long; nothing is written.
    {
      config: { access: { action: "viewMembers", resource: "member/*" } },
      schema: {
        operationId: "checkAccess",
        summary: "Say whether a member, a role or a policy allows an action, and why",
        tags: ["Access"],
        body: Question,
        response: { 200: Answer },
      },
    },
    async ({ body }) => {
      const { who, policies } = await policiesOf(db, body);
      const resources = await resourcesAt(db, stepsOf(body.resource), true);
      const decisions = resources.map((resource) => ({
        ...decideAccess(policies, body.action, resource),
        resource: resource.map(({ kind, key }) => (key === "" ? kind : `${kind}/${key}`)).join(":"),
      }));
      const decision = decisions.find(({ isAllowed }) => !isAllowed) ?? decisions[0];
      if (decision === undefined) throw new DomainError("invalid_request", "the resource is empty");
      const { isAllowed, decidedBy, resource } = decision;
      const may = `${who} ${isAllowed ? "may" : "may not"} ${body.action} on ${resource}`;
      const why =
        decidedBy === undefined
          ? "nothing allows it"
          : `a statement of ${decidedBy.origin} ${decidedBy.statement.effect === "allow" ? "allows" : "denies"} it`;
      return {
        allowed: isAllowed,
        sentence: `${may}: ${why}.`,
        resource,
        ...(decidedBy === undefined
          ? {}
          : { decidedBy: { ...decidedBy, statement: { ...decidedBy.statement } } }),
      };
    },
  );
};

async function policiesOf(
  db: Db,
  { member: id, role: key, policy }: Question,
): Promise<{ who: string; policies: readonly Policy[] }> {
  if (id !== undefined) {
    const member = await findMember(db, id);
    if (member === undefined) {
      throw new DomainError("not_found", `no member "${id}"; the list of members has the ids`);
    }
    return { who: nameOf(member), policies: await policiesOfMember(db, member) };
  }
  if (key === undefined) return { who: "The policy", policies: [compilePolicy(policy ?? [])] };
  const ofBase = policiesOfBaseRole(key);
  if (ofBase.length > 0) return { who: `The base role ${key}`, policies: ofBase };
  return { who: `The role ${key}`, policies: [policyOfRole(await getRole(db, key))] };
}

function stepsOf(resource: string): readonly Step[] {
  try {
    const { steps = [] } = parseSpecifier(resource);
    if (steps.length > 0) return steps.map(({ kind, key }) => [kind, key]);
  } catch (error) {
    if (!(error instanceof SpecifierError)) throw error;
    throw new DomainError("invalid_request", error.message, { cause: error });
  }
  throw new DomainError(
    "invalid_request",
    "name one thing, such as proj/web-shop:env/production:flag/checkout, instead of everything",
  );
}
