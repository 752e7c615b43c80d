import path from "node:path";
import Sqlite from "better-sqlite3";
import { sql } from "kysely";
import { afterAll, describe, expect, it } from "vitest";
import { EventStream } from "../testing/event-stream.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { isEmpty } from "./creation.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

interface Made {
  readonly _id: string;
  readonly environments: readonly { readonly _id: string; readonly apiKey: string }[];
}

/** A project with something of everything in it. */
async function fullProject(key: string): Promise<Made> {
  const project: Made = (await server.ask("POST", "/api/v2/projects", { key, name: key })).json();
  await server.ask("POST", `/api/v2/flags/${key}`, { key: "checkout", name: "Checkout" });
  const segments = `/api/v2/segments/${key}/test`;
  await server.ask("POST", segments, { key: "many", name: "Many", unbounded: true });
  await server.ask("PATCH", `${segments}/many`, {
    instructions: [{ kind: "addBigSegmentIncludedTargets", values: ["ada"] }],
  });
  const one = `/api/v2/projects/${key}`;
  await server.ask("POST", `${one}/environments/test/keys`, { kind: "sdk", name: "further" });
  const filter = { key: "part", name: "Part", flagKeys: ["checkout"] };
  await server.ask("POST", `${one}/payload-filters`, filter);
  await server.ask("PUT", `${one}/context-kinds/org`, { name: "Organisation" });
  await sendSummary(project.environments[0]?.apiKey ?? "");
  return project;
}

async function sendSummary(authorization: string): Promise<void> {
  const counters = [{ variation: 0, value: true, version: 1, count: 1 }];
  const features = { checkout: { default: false, contextKinds: ["user"], counters } };
  const summary = { kind: "summary", startDate: 1, endDate: 2, features };
  const headers = { authorization, "content-type": "application/json" };
  const body = JSON.stringify([summary]);
  const answer = await fetch(`${server.url}/bulk`, { method: "POST", headers, body });
  expect(answer.status).toBe(202);
}

/** The tables, but that of the log, which keeps everything, that hold one of the texts in a row. */
async function tablesThatHold(...texts: readonly string[]): Promise<readonly string[]> {
  const { db } = server.running;
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db);
  const folder = path.dirname(rows[0]?.file ?? "");
  return ["halyard.sqlite", "events.sqlite"].flatMap((name) => {
    const database = new Sqlite(path.join(folder, name), { readonly: true });
    const tables = database.prepare<[], string>(
      "select name from sqlite_master where type = 'table' and name not like 'audit%'",
    );
    const holding = tables
      .pluck()
      .all()
      .filter((table) => {
        const whole = JSON.stringify(database.prepare(`select * from "${table}"`).all());
        return table !== "change" && texts.some((text) => whole.includes(text));
      });
    database.close();
    return holding;
  });
}

describe("deleting a project", () => {
  it("leaves no row of it behind, and nothing of another one away", async () => {
    const gone = await fullProject("gone");
    const stays = await fullProject("stays");
    const idsOf = ({ _id, environments }: Made) => [_id, ...environments.map((one) => one._id)];
    const before = await tablesThatHold(...idsOf(gone));
    expect(before).toContain("evaluation");
    expect(before.length).toBeGreaterThan(10);

    expect((await server.ask("DELETE", "/api/v2/projects/gone")).statusCode).toBe(204);

    expect(await tablesThatHold(...idsOf(gone))).toEqual([]);
    expect(await tablesThatHold(...idsOf(stays))).toEqual(before);
    expect((await server.ask("GET", "/api/v2/projects/gone")).statusCode).toBe(404);
    expect((await server.ask("GET", "/api/v2/flags/stays/checkout")).statusCode).toBe(200);
  });

  it("ends its streams, and opens no door to its keys any more", async () => {
    const { environments } = await fullProject("streamed");
    const [{ apiKey, _id } = { apiKey: "", _id: "" }] = environments;
    const headers = { authorization: apiKey };
    await using stream = await EventStream.open(`${server.url}/all`, { headers });
    expect((await stream.next())?.event).toBe("put");

    await server.ask("DELETE", "/api/v2/projects/streamed");

    await stream.end();
    expect((await fetch(`${server.url}/all`, { headers })).status).toBe(401);
    expect((await fetch(`${server.url}/sdk/evalx/${_id}/contexts/e30`)).status).toBe(404);
  });

  it("is in the account's log, with what there was", async () => {
    await fullProject("logged");

    await server.ask("DELETE", "/api/v2/projects/logged");

    const row = await server.running.db
      .selectFrom("change")
      .selectAll()
      .where("history", "=", "account")
      .where("kind", "=", "project")
      .where("key", "=", "logged")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.words ?? "")).toEqual(["Delete the project logged"]);
    expect(JSON.parse(row.before ?? "")).toMatchObject({ environments: ["test", "production"] });
  });

  it("lets the same key be taken again, with nothing from before", async () => {
    const former = await fullProject("again");
    await server.ask("DELETE", "/api/v2/projects/again");

    const made = await server.ask("POST", "/api/v2/projects", { key: "again", name: "Again" });

    expect(made.statusCode).toBe(201);
    expect(made.json()._id).not.toBe(former._id);
    expect((await server.ask("GET", "/api/v2/flags/again")).json().items).toEqual([]);
  });
});

describe("deleting an environment", () => {
  it("leaves no row of it behind, and takes it out of every flag", async () => {
    const { environments } = await fullProject("smaller");
    const [{ _id } = { _id: "" }] = environments;

    const url = "/api/v2/projects/smaller/environments/test";
    expect((await server.ask("DELETE", url)).statusCode).toBe(204);

    expect(await tablesThatHold(_id)).toEqual([]);
    const flag = (await server.ask("GET", "/api/v2/flags/smaller/checkout")).json();
    expect(Object.keys(flag.environments)).toEqual(["production"]);
    const stored = await server.running.db
      .selectFrom("flag")
      .innerJoin("project", "project.id", "flag.project_id")
      .select("body")
      .where("project.key", "=", "smaller")
      .executeTakeFirstOrThrow();
    expect(Object.keys(JSON.parse(stored.body).environments)).toEqual(["production"]);
  });

  it("ends its streams and leaves those of others open", async () => {
    const { environments } = await fullProject("pair");
    const [test, production] = environments;
    const open = (key = "") =>
      EventStream.open(`${server.url}/all`, { headers: { authorization: key } });
    await using ending = await open(test?.apiKey);
    await using lasting = await open(production?.apiKey);
    await ending.next();
    await lasting.next();

    await server.ask("DELETE", "/api/v2/projects/pair/environments/test");

    await ending.end();
    const turnOn = { environmentKey: "production", instructions: [{ kind: "turnFlagOn" }] };
    await server.ask("PATCH", "/api/v2/flags/pair/checkout", turnOn);
    expect((await lasting.next())?.event).toBe("patch");
  });

  it("is refused for the last one of a project", async () => {
    await fullProject("last");
    const environments = "/api/v2/projects/last/environments";
    await server.ask("DELETE", `${environments}/test`);

    const answer = await server.ask("DELETE", `${environments}/production`);

    expect(answer.statusCode).toBe(409);
    expect(answer.json().message).toContain("delete the project");
  });
});

it("is no first start again, once the last project was deleted", async () => {
  const { running } = server;
  const { items } = (await server.ask("GET", "/api/v2/projects?limit=100")).json();
  for (const { key } of items) await server.ask("DELETE", `/api/v2/projects/${key}`);

  expect((await server.ask("GET", "/api/v2/projects")).json().totalCount).toBe(0);
  expect(await isEmpty(running.db)).toBe(false);
});
