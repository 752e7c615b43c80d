import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/roles";
const one = `${list}/{customRoleKey}`;

export const shapes: Shapes = async (exchange) => {
  const policy = [
    { effect: "allow", notActions: ["deleteFlag"], resources: ["proj/*:env/*:flag/*"] },
  ];
  const values = ["shape"];
  await exchange("post", list, { body: { key: "shape", name: "Shape", policy }, status: 201 });
  await exchange("get", list, { query: "?limit=1" });
  await exchange("get", one, { values });
  const patch = [{ op: "replace", path: "/name", value: "Form" }];
  await exchange("patch", one, { values, body: { comment: "for the shape", patch } });
  await exchange("delete", one, { values, status: 204 });
};
