import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const ada = await newMember(server, { email: "ada@example.com", role: "writer" });
const flags = "/api/v2/flags/default";

describe("who maintains a flag", () => {
  const bodyOf = (key: string) => ({ key, name: key });
  const maintainerOf = async (key: string) =>
    z
      .object({ maintainerId: z.string().optional() })
      .parse((await server.ask("GET", `${flags}/${key}`)).json()).maintainerId;

  it("is who makes it by an own token, nobody for a service token, or who is named", async () => {
    const admin = await newMember(server, { email: "admin@example.com", role: "admin" });
    const service = await newToken(server, { role: "admin" });

    await server.askAs(admin, "POST", flags, bodyOf("by-member"));
    await server.askAs(admin, "POST", flags, { ...bodyOf("named"), maintainerId: ada.id });
    await server.askAs(admin, "POST", `${flags}?clone=named`, bodyOf("cloned"));
    await server.ask("POST", flags, bodyOf("by-service"), service.token);

    const found = await Promise.all(
      ["by-member", "named", "cloned", "by-service"].map(maintainerOf),
    );
    expect(found).toEqual([admin.id, ada.id, admin.id, undefined]);
  });

  it("is nobody any more when the member is removed, and the flag's log says so", async () => {
    const leaving = await newMember(server, { email: "leaving@example.com", role: "admin" });
    await server.askAs(leaving, "POST", flags, bodyOf("left"));

    const removed = await server.ask("DELETE", `/api/v2/members/${leaving.id}`);

    expect(removed.statusCode).toBe(204);
    expect(await maintainerOf("left")).toBeUndefined();
    const log = await server.ask("GET", "/api/v2/auditlog?spec=proj/default:env/*:flag/left");
    expect(JSON.stringify(log.json())).toMatch(/Leave the flag without a maintainer/u);
  });
});
