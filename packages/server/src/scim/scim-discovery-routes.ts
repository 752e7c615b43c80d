import type { FastifyInstance } from "fastify";
import { DomainError } from "../errors.ts";
import { groupSchema } from "./scim-group.ts";
import { userSchema } from "./scim-user.ts";

const path = "/scim/v2";
const config = { access: { action: "manageScim", resource: "acct" } };

const serviceProvider = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 1_000 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Access token",
      description: "A service token that may manageScim on acct",
      primary: true,
    },
  ],
};

const resourceTypes = [
  { id: "User", name: "User", endpoint: "/Users", schema: userSchema },
  { id: "Group", name: "Group", endpoint: "/Groups", schema: groupSchema },
].map((type) => ({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"], ...type }));

const text = (name: string, more: object = {}) => ({
  name,
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  ...more,
});
const list = (name: string, mutability: string) =>
  text(name, {
    type: "complex",
    multiValued: true,
    mutability,
    subAttributes: [text("value"), text("display", { mutability: "readOnly" })],
  });

const schemas = [
  {
    id: userSchema,
    name: "User",
    attributes: [
      text("userName", { required: true, uniqueness: "server" }),
      text("externalId", { caseExact: true }),
      text("name", { type: "complex", subAttributes: [text("givenName"), text("familyName")] }),
      text("displayName", { mutability: "readOnly" }),
      text("active", { type: "boolean" }),
      list("emails", "readOnly"),
      list("roles", "readWrite"),
      list("groups", "readOnly"),
    ],
  },
  {
    id: groupSchema,
    name: "Group",
    attributes: [
      text("displayName", { required: true }),
      text("externalId", { caseExact: true }),
      list("members", "readWrite"),
    ],
  },
].map((schema) => ({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"], ...schema }));

/** What of SCIM there is: RFC 7644, section 4. */
export async function scimDiscoveryRoutes(app: FastifyInstance): Promise<void> {
  app.get(`${path}/ServiceProviderConfig`, { config }, async () => serviceProvider);
  for (const [name, all] of [
    ["ResourceTypes", resourceTypes],
    ["Schemas", schemas],
  ] as const) {
    app.get(`${path}/${name}`, { config }, async () => ({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: all.length,
      startIndex: 1,
      itemsPerPage: all.length,
      Resources: all,
    }));
    app.get<{ Params: { id: string } }>(`${path}/${name}/:id`, { config }, async ({ params }) => {
      const found = all.find(({ id }) => id === params.id);
      if (found === undefined) throw new DomainError("not_found", `no ${params.id} in ${name}`);
      return found;
    });
  }
}
