import Fastify from "fastify";
import { afterAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { guardRoutes } from "./route-access.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

it("keeps a server from starting that has a route for nobody in particular", async () => {
  const app = Fastify();
  guardRoutes(app, server.running.db);

  expect(() => app.get("/api/v2/open-to-all", () => "secrets")).toThrow(
    "the route GET /api/v2/open-to-all does not say whom it is for",
  );
});

describe("a writer", () => {
  it("may not reset the keys of an environment, and is told what is missing", async () => {
    const made = await server.ask("POST", "/api/v2/tokens", { name: "writer", role: "writer" });
    const { token } = made.json();
    const path = "/api/v2/projects/default/environments/test";

    const refused = await server.ask("POST", `${path}/apiKey`, undefined, token);
    const changed = await server.ask(
      "PATCH",
      path,
      [{ op: "replace", path: "/name", value: "Trial" }],
      token,
    );

    expect(refused.statusCode).toBe(403);
    expect(refused.json().message).toBe(
      "your roles do not allow updateApiKey on proj/default:env/test; ask an admin for a role or an access token that does",
    );
    expect(changed.statusCode).toBe(200);
  });
});
