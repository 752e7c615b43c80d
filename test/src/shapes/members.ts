import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/members";
const one = `${list}/{id}`;

export const shapes: Shapes = async (exchange) => {
  const body = [{ email: "shape@example.com", role: "writer", firstName: "Shape" }];
  const invited = await exchange("post", list, { body, status: 201 });
  const { items } = z.object({ items: z.array(z.object({ _id: z.string() })) }).parse(invited);
  const memberIDs = items.map(({ _id }) => _id);
  const values = memberIDs.slice(0, 1);
  await exchange("get", list, { query: "?filter=query:shape&sort=-lastSeen" });
  const team = { key: "members-shape", name: "Members", permissionGrants: [] };
  await exchange("post", "/api/v2/teams", { body: team, status: 201 });
  const teamKeys = ["members-shape"];
  await exchange("post", `${one}/teams`, { values, body: { teamKeys }, status: 201 });
  await exchange("get", one, { values });
  const patch = [{ op: "replace", path: "/lastName", value: "Form" }];
  await exchange("patch", one, { values, body: patch });
  const roles = { kind: "replaceMembersRoles", value: "reader", memberIDs };
  await exchange("patch", list, { body: { instructions: [roles] } });
  await exchange("delete", one, { values, status: 204 });
  await exchange("delete", "/api/v2/teams/{teamKey}", { values: teamKeys, status: 204 });
};
