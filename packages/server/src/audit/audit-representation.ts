import { createPatch } from "rfc6902";
import { z } from "zod";
import type { Token } from "../access/access-queries.ts";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import { findMember, type Member } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import type { AuditEntry } from "./audit-queries.ts";
import { onlyEnvironmentOf, titleVerb } from "./audit-title.ts";
import { told } from "./logged-change.ts";

export const auditPath = "/api/v2/auditlog";

const MemberOfEntry = z.object({
  _id: z.string(),
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  _links: z.record(z.string(), Link),
});
const TokenOfEntry = z.object({
  _id: z.string(),
  name: z.string(),
  ending: z.string().optional(),
  serviceToken: z.boolean().optional(),
  _links: z.record(z.string(), Link),
});

/** An entry as lists show it. */
export const AuditEntryRepresentation = z
  .object({
    _links: z.record(z.string(), Link),
    _id: z.string(),
    _accountId: z.string(),
    date: z.int().describe("Unix milliseconds."),
    accesses: z.array(z.object({ action: z.string(), resource: z.string() })),
    kind: z.string(),
    name: z.string(),
    description: z.string(),
    shortDescription: z.string(),
    comment: z.string().optional(),
    subject: z.object({ name: z.string(), _links: z.record(z.string(), Link) }),
    member: MemberOfEntry.optional(),
    token: TokenOfEntry.optional(),
    titleVerb: z.string(),
    title: z.string(),
    target: z.object({
      name: z.string(),
      resources: z.array(z.string()).readonly(),
      _links: z.record(z.string(), Link),
    }),
    parent: z
      .object({ name: z.string(), resource: z.string(), _links: z.record(z.string(), Link) })
      .optional(),
    _method: z.string().describe("How it came about: member (a session), token, schedule …"),
    _origin: z
      .object({ ip: z.string(), userAgent: z.string().optional() })
      .optional()
      .describe("Where the request came from."),
  })
  .meta({ id: "AuditLogEntry" });
type AuditEntryRepresentation = z.output<typeof AuditEntryRepresentation>;

/** An entry by itself says what was before and what was after, too. */
export const WholeAuditEntry = AuditEntryRepresentation.extend({
  instructions: z.array(JsonValue),
  delta: z.array(JsonValue),
  previousVersion: JsonValue.optional(),
  currentVersion: JsonValue.optional(),
}).meta({ id: "WholeAuditLogEntry" });

/** Reads who and what entries name, each once. */
export class AuditNames {
  readonly #db: Db;
  readonly #members = new Map<string, Promise<Member | undefined>>();
  readonly #tokens = new Map<string, Promise<Token | undefined>>();
  readonly #environments = new Map<string, Promise<string | undefined>>();

  constructor(db: Db) {
    this.#db = db;
  }

  member(id: string): Promise<Member | undefined> {
    return once(this.#members, id, () => findMember(this.#db, id));
  }

  /** Undefined where it has been deleted. */
  token(id: string): Promise<Token | undefined> {
    return once(this.#tokens, id, () =>
      this.#db.selectFrom("token").selectAll().where("id", "=", id).executeTakeFirst(),
    );
  }

  environment(projectKey: string, key: string): Promise<string | undefined> {
    return once(this.#environments, `${projectKey}/${key}`, async () => {
      const row = await this.#db
        .selectFrom("environment")
        .innerJoin("project", "project.id", "environment.project_id")
        .select("environment.name")
        .where("project.key", "=", projectKey)
        .where("environment.key", "=", key)
        .executeTakeFirst();
      return row?.name;
    });
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

export async function auditEntryRepresentation(
  entry: AuditEntry,
  names: AuditNames,
): Promise<AuditEntryRepresentation> {
  const { changeId, actor, words, projectKey } = entry;
  const environmentKey = onlyEnvironmentOf(entry);
  const environmentName =
    environmentKey === undefined || projectKey === undefined
      ? undefined
      : ((await names.environment(projectKey, environmentKey)) ?? environmentKey);
  const verb = titleVerb(entry, environmentName);
  const self = linkTo(`${auditPath}/${changeId}`);
  const common = told(entry);
  const target = targetOf(entry);
  return {
    _links: { self, parent: linkTo(auditPath) },
    ...common,
    description: words.join("\n"),
    shortDescription: verb,
    subject: { name: actor.name, _links: {} },
    ...(await whoDidIt(entry, names)),
    titleVerb: verb,
    title: `${actor.name} ${verb}`,
    target: {
      ...common.target,
      _links: target === undefined ? {} : { self: linkTo(target) },
    },
    ...parentOf(entry, environmentName),
    _method: actor.kind,
    ...(actor.origin === undefined ? {} : { _origin: actor.origin }),
  };
}

export async function wholeAuditEntry(
  entry: AuditEntry,
  names: AuditNames,
): Promise<z.output<typeof WholeAuditEntry>> {
  const { before, after, instructions } = entry;
  return {
    ...(await auditEntryRepresentation(entry, names)),
    instructions: z.array(JsonValue).parse(instructions),
    delta: z.array(JsonValue).parse(createPatch(before ?? {}, after ?? {})),
    ...(before === undefined ? {} : { previousVersion: JsonValue.parse(before) }),
    ...(after === undefined ? {} : { currentVersion: JsonValue.parse(after) }),
  };
}

async function whoDidIt(
  { actor }: AuditEntry,
  names: AuditNames,
): Promise<Pick<AuditEntryRepresentation, "member" | "token">> {
  const memberId = actor.kind === "member" ? actor.id : actor.memberId;
  const member = memberId === undefined ? undefined : await names.member(memberId);
  const token = actor.kind === "token" ? await names.token(actor.id) : undefined;
  return {
    ...(memberId === undefined
      ? {}
      : {
          member: {
            _id: memberId,
            ...(member === undefined
              ? { firstName: actor.kind === "member" ? actor.name : "" }
              : { email: member.email, firstName: member.first_name, lastName: member.last_name }),
            _links: { self: linkTo(`/api/v2/members/${memberId}`) },
          },
        }),
    ...(actor.kind === "token"
      ? {
          token: {
            _id: actor.id,
            name: actor.name,
            ...(token === undefined
              ? {}
              : { ending: token.ending, serviceToken: token.service === 1 }),
            _links: { self: linkTo(`/api/v2/tokens/${actor.id}`) },
          },
        }
      : {}),
  };
}

/** Where the thing is asked for, where that is known. */
function targetOf({ kind, key, projectKey, resources }: AuditEntry): string | undefined {
  if (projectKey === undefined) return undefined;
  if (kind === "flag" && !key.includes(",")) return `/api/v2/flags/${projectKey}/${key}`;
  if (kind === "project") return `/api/v2/projects/${projectKey}`;
  if (kind === "environment") return `/api/v2/projects/${projectKey}/environments/${key}`;
  const environment = /:env\/([^:]+):segment/u.exec(resources[0] ?? "")?.[1];
  if (environment === undefined) return undefined;
  return `/api/v2/segments/${projectKey}/${environment}/${key}`;
}

function parentOf(
  { resources, projectKey }: AuditEntry,
  environmentName: string | undefined,
): Pick<AuditEntryRepresentation, "parent"> {
  const [resource = ""] = resources;
  const parent = resource.split(":").slice(0, -1).join(":");
  if (projectKey === undefined || parent === "") return {};
  const environment = parent.split("/").at(-1) ?? "";
  const path = `/api/v2/projects/${projectKey}`;
  const href = parent.includes(":env/") ? `${path}/environments/${environment}` : path;
  return {
    parent: {
      name: parent.includes(":env/") ? (environmentName ?? environment) : projectKey,
      resource: parent,
      _links: { self: linkTo(href) },
    },
  };
}
