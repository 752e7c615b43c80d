import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/teams";
const one = `${list}/{teamKey}`;
const everything = "?expand=members,roles,projects,maintainers,roleAttributes";

export const shapes: Shapes = async (exchange) => {
  const body = [{ email: "team-shape@example.com" }, { email: "maintainer-shape@example.com" }];
  const invited = await exchange("post", "/api/v2/members", { body, status: 201 });
  const { items } = z.object({ items: z.array(z.object({ _id: z.string() })) }).parse(invited);
  const memberIDs = items.map(({ _id }) => _id);
  const policy = [{ effect: "allow", actions: ["*"], resources: ["proj/web-shop"] }];
  const role = { key: "team-shape", name: "Team", policy };
  await exchange("post", "/api/v2/roles", { body: role, status: 201 });
  const team = {
    key: "shape",
    name: "Shape",
    memberIDs: memberIDs.slice(0, 1),
    customRoleKeys: ["team-shape"],
    permissionGrants: [{ actionSet: "maintainTeam", memberIDs: memberIDs.slice(1) }],
    roleAttributes: { area: ["web"] },
  };
  await exchange("post", list, { body: team, query: everything, status: 201 });
  const values = ["shape"];
  await exchange("get", list, { query: `${everything}&limit=1&filter=query:shape` });
  await exchange("get", one, { values, query: everything });
  const instructions = [{ kind: "updateName", value: "Form" }];
  await exchange("patch", one, { values, body: { instructions } });
  const adding = { kind: "addMembersToTeams", memberIDs, teamKeys: values };
  await exchange("patch", list, { body: { instructions: [adding] } });
  await exchange("get", `${one}/maintainers`, { values });
  await exchange("get", `${one}/roles`, { values });
  const upload = { values, body: csv("team-shape@example.com"), status: 201 };
  await exchange("post", `${one}/members`, upload);
  const partly = { values, body: csv("team-shape@example.com", "nobody@example.com"), status: 207 };
  await exchange("post", `${one}/members`, partly);
  await exchange("delete", one, { values, status: 204 });
};

function csv(...emails: readonly string[]): FormData {
  const form = new FormData();
  form.set("file", new Blob([["Email", ...emails].join("\n")], { type: "text/csv" }), "team.csv");
  return form;
}
