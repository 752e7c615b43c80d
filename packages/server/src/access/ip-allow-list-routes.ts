import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo } from "../http/paging.ts";
import { applyToRepresentation, PatchBody, parsePatch } from "../http/patch.ts";
import type { Db, Tx } from "../storage/database.ts";
import { readSetting, writeSetting } from "./account-settings.ts";
import { isWithin, parseCidr } from "./ip-allow-list.ts";
import {
  allowsListedOnly,
  deleteAllowedAddress,
  type IpAllowListEntry,
  listAllowedAddresses,
  saveAllowedAddress,
} from "./ip-allow-list-queries.ts";

const path = "/api/v2/account/ip-allowlist";
const tags = ["Account security"];
const ofEntry = z.object({ id: z.string() });

const Entry = z.object({
  ipAddress: z
    .string()
    .trim()
    .refine(
      (text) => parseCidr(text) !== undefined,
      "give an address or a block such as 203.0.113.0/24 or 2001:db8::/32",
    ),
  description: z.string().max(256).default(""),
});
const EntryRepresentation = Entry.extend({
  _id: z.string(),
  _creationDate: z.int(),
  _links: z.record(z.string(), Link),
}).meta({ id: "IpAllowlistEntry" });
const ListRepresentation = z
  .object({
    isEnabled: z.boolean().describe("Whether only these addresses may come in."),
    items: z.array(EntryRepresentation),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "IpAllowlist" });

interface AllowListParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** From where the REST API and the UI may be used. SDKs are let in from everywhere. */
export const ipAllowListRoutes: FastifyPluginAsyncZod<AllowListParts> = async (app, parts) => {
  const { db, changes } = parts;
  app.get(
    path,
    {
      config: { access: { action: "viewIpAllowlist", resource: "acct" } },
      schema: {
        operationId: "getIpAllowlist",
        summary: "Show from where the account may be used",
        tags,
        response: { 200: ListRepresentation },
      },
    },
    async () => listRepresentation(db),
  );

  app.patch(
    path,
    {
      config: { access: { action: "updateIpAllowlistEnabled", resource: "acct" } },
      schema: {
        operationId: "patchIpAllowlist",
        summary: "Put the list into force, or out of it",
        tags,
        body: z.strictObject({ isEnabled: z.boolean() }),
        response: { 200: ListRepresentation },
      },
    },
    async ({ body: { isEnabled }, actor, ip }) => {
      await changes.write(actor, async (tx, record) => {
        if ((await readSetting(tx, allowsListedOnly)) === isEnabled) return;
        await writeSetting(tx, allowsListedOnly, isEnabled);
        await refuseLockout(tx, ip);
        const words = isEnabled ? "Let only listed addresses in" : "Let all addresses in";
        const instruction = "updateIpAllowlistEnabled";
        await record(
          aboutList("all", {
            instruction,
            words,
            before: { isEnabled: !isEnabled },
            after: { isEnabled },
          }),
        );
      });
      return listRepresentation(db);
    },
  );

  await app.register(addingRoutes, parts);
  await app.register(entryRoutes, parts);
};

const addingRoutes: FastifyPluginAsyncZod<AllowListParts> = async (app, { changes }) => {
  app.post(
    path,
    {
      config: { access: { action: "createIpAllowlistEntry", resource: "acct" } },
      schema: {
        operationId: "postIpAllowlistEntry",
        summary: "Let an address or a block in",
        tags,
        body: Entry,
        response: { 201: EntryRepresentation },
      },
    },
    async ({ body, actor }, reply) => {
      const { ipAddress: cidr, description } = body;
      const entry = { id: newId(), cidr, description, created_at: changes.now };
      await changes.write(actor, async (tx, record) => {
        if ((await listAllowedAddresses(tx)).some((one) => one.cidr === cidr)) {
          throw new DomainError("conflict", `${cidr} is on the list already`);
        }
        await saveAllowedAddress(tx, entry);
        const instruction = "createIpAllowlistEntry";
        await record(aboutList(entry.id, { instruction, words: `Let ${cidr} in`, after: body }));
      });
      return reply.code(201).send(entryRepresentation(entry));
    },
  );
};

const entryRoutes: FastifyPluginAsyncZod<AllowListParts> = async (app, { changes }) => {
  app.patch(
    `${path}/:id`,
    {
      config: { access: { action: "updateIpAllowlistEntryDescription", resource: "acct" } },
      schema: {
        operationId: "patchIpAllowlistEntry",
        summary: "Describe an address on the list",
        description: "Takes a JSON Patch or a merge patch of the description.",
        tags,
        params: ofEntry,
        body: PatchBody,
        response: { 200: EntryRepresentation },
      },
    },
    async ({ params, body, actor }) => {
      const entry = await changes.write(actor, async (tx, record) => {
        const before = await getEntry(tx, params.id);
        const description = describedBy(body, before);
        if (description === before.description) return before;
        const after = { ...before, description };
        await saveAllowedAddress(tx, after);
        const instruction = "updateIpAllowlistEntryDescription";
        const words = `Describe ${before.cidr} as ${description}`;
        const change = { instruction, words, before: entryOf(before), after: entryOf(after) };
        await record(aboutList(before.id, change));
        return after;
      });
      return entryRepresentation(entry);
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: { action: "deleteIpAllowlistEntry", resource: "acct" } },
      schema: {
        operationId: "deleteIpAllowlistEntry",
        summary: "Take an address off the list",
        tags,
        params: ofEntry,
        response: { 204: noContent },
      },
    },
    async ({ params, actor, ip }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const entry = await getEntry(tx, params.id);
        await deleteAllowedAddress(tx, entry.id);
        await refuseLockout(tx, ip);
        const change = { words: `Take ${entry.cidr} off the list`, before: entryOf(entry) };
        const instruction = "deleteIpAllowlistEntry";
        await record(aboutList(entry.id, { instruction, ...change }));
      });
      return reply.code(204).send(null);
    },
  );
};

/** Nobody can saw off the branch they sit on. To be called once the change is in the transaction. */
async function refuseLockout(tx: Tx, ip: string): Promise<void> {
  if (!(await readSetting(tx, allowsListedOnly))) return;
  const blocks = (await listAllowedAddresses(tx)).map(({ cidr }) => cidr);
  if (isWithin(ip, blocks)) return;
  throw new DomainError(
    "conflict",
    `your own address ${ip} would not be let in any more; add it to the list first`,
  );
}

async function getEntry(db: Db, id: string): Promise<IpAllowListEntry> {
  const entry = (await listAllowedAddresses(db)).find((one) => one.id === id);
  if (entry !== undefined) return entry;
  throw new DomainError("not_found", `no entry "${id}" is on the list; read it again`);
}

function describedBy(body: unknown, entry: IpAllowListEntry): string {
  const patch = parsePatch(body);
  const wanted =
    patch.kind === "semantic" ? undefined : applyToRepresentation(entryOf(entry), patch);
  const parsed = z.strictObject(Entry.shape).safeParse(wanted);
  if (parsed.success && parsed.data.ipAddress === entry.cidr) return parsed.data.description;
  throw new DomainError(
    "invalid_request",
    "only the description of an entry can be changed; for another address add an entry",
  );
}

function entryOf({ cidr, description }: IpAllowListEntry): z.infer<typeof Entry> {
  return { ipAddress: cidr, description };
}

function entryRepresentation(entry: IpAllowListEntry): z.infer<typeof EntryRepresentation> {
  const _links = { self: linkTo(`${path}/${entry.id}`), parent: linkTo(path) };
  return { ...entryOf(entry), _id: entry.id, _creationDate: entry.created_at, _links };
}

async function listRepresentation(db: Db): Promise<z.infer<typeof ListRepresentation>> {
  return {
    isEnabled: await readSetting(db, allowsListedOnly),
    items: (await listAllowedAddresses(db)).map(entryRepresentation),
    _links: { self: linkTo(path) },
  };
}

function aboutList(key: string, change: Omit<AccountChange, "kind" | "key" | "resource">): Change {
  return accountChange({ kind: "ipAllowlist", key, resource: "acct", ...change });
}
