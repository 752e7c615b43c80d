import { z } from "zod";
import { compilePolicy, type Policy, permits, type Statement } from "../access/policy.ts";
import { parseSpecifier, type Resource, SpecifierError } from "../access/resource.ts";
import type { Access } from "../access/route-access.ts";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import {
  type AccessCount,
  type AuditSearch,
  listAccesses,
  listProjectKeys,
  type Visible,
} from "./audit-queries.ts";

export const Time = z.coerce.number().int().min(0).optional();
/** What says which entries are meant, in each way to ask for some. */
export const SearchQuery = z.object({
  before: Time.describe("Unix milliseconds; entries before it."),
  after: Time.describe("Unix milliseconds; entries not before it."),
  q: z.string().max(200).optional().describe("Words that names, keys, comments begin with."),
  spec: z.string().max(1_000).optional().describe("Such as proj/web-shop:env/*:flag/checkout."),
  under: z
    .string()
    .max(1_000)
    .regex(/^[a-z-]+\/[^*:]+(:[a-z-]+\/[^*:]+)*$/u, "name one thing, such as proj/web-shop")
    .optional()
    .describe("A thing and all that is within it, such as proj/web-shop:env/production."),
  action: z.string().max(100).optional().describe("What was done, as policies call it: updateOn."),
  member: z.string().optional().describe("The id of who acted, also by a token of their own."),
  method: z.string().optional().describe("member (a session), token, schedule, system …"),
});

/** What of the audit log the one who asks may see; undefined where that is everything. */
export async function visibleTo(db: Db, access: Access): Promise<Visible | undefined> {
  const isAccountSeen = await access.permits("viewAuditLog", ["acct", ""]);
  const all = await listProjectKeys(db);
  const projectKeys: string[] = [];
  for (const key of all) {
    if (await access.permits("viewProject", ["proj", key])) projectKeys.push(key);
  }
  if (isAccountSeen && projectKeys.length === all.length) return undefined;
  return { projectKeys, isAccountSeen };
}

/** What was done to resources that a specifier names, such as `proj/web-shop:env/*:flag/checkout`. */
async function accessesTo(db: Db, specifier: string): Promise<readonly KnownAccess[]> {
  const policy = policyOf([{ effect: "allow", actions: ["*"], resources: [specifier] }]);
  return fitting(policy, await listAccesses(db, specifier));
}

/** What was done that a policy would allow. */
export async function accessesUnder(
  db: Db,
  statements: readonly Statement[],
): Promise<readonly AccessCount[]> {
  return fitting(policyOf(statements), await listAccesses(db));
}

/** What a query asks for, as far as the one who asks may see it. */
export async function searchOf(
  db: Db,
  { before, after, q, member, method, ...about }: z.infer<typeof SearchQuery>,
  access: Access,
): Promise<AuditSearch> {
  return {
    before,
    after,
    // The index reads no further than a NUL, and knows no search for nothing.
    text: q?.replaceAll("\0", " ").trim(),
    memberId: member,
    method,
    ...(await accessesAbout(db, about)),
    visible: await visibleTo(db, access),
  };
}

/** What entries have to be about; entries name their project, so that needs no list. */
async function accessesAbout(
  db: Db,
  { spec, under, action }: Pick<z.infer<typeof SearchQuery>, "spec" | "under" | "action">,
): Promise<Pick<AuditSearch, "projectKey" | "accesses">> {
  const projectKey = /^proj\/([^:]+)$/u.exec(under ?? "")?.[1];
  const ofProject = projectKey === undefined ? {} : { projectKey };
  const place = projectKey === undefined ? under : undefined;
  if (spec === undefined && action === undefined && place === undefined) return ofProject;
  const named =
    spec === undefined
      ? await listAccesses(db, place === undefined ? "*" : `${place}*`)
      : await accessesTo(db, spec);
  const accesses = named.filter(
    (one) =>
      (action === undefined || one.action === action) &&
      (place === undefined || one.resource === place || one.resource.startsWith(`${place}:`)),
  );
  return { ...ofProject, accesses };
}

type KnownAccess = Awaited<ReturnType<typeof listAccesses>>[number];

function fitting(policy: Policy, accesses: readonly KnownAccess[]): readonly KnownAccess[] {
  return accesses.filter(({ action, resource }) => permits(policy, action, resourceOf(resource)));
}

function policyOf(statements: readonly Statement[]): Policy {
  try {
    const policy = compilePolicy(statements);
    if (!policy.asksForFacts) return policy;
  } catch (error) {
    if (error instanceof SpecifierError) throw new DomainError("invalid_request", error.message);
    throw error;
  }
  throw new DomainError(
    "invalid_request",
    "the audit log keeps no tags and properties of resources; leave what is after ; out of the specifier",
  );
}

/** A resource as entries name it is a specifier in which nothing stands for anything else. */
function resourceOf(specifier: string): Resource {
  const { steps = [] } = parseSpecifier(specifier);
  return steps.map(({ kind, key }) => ({ kind, key, tags: [], properties: {} }));
}
