import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexChange } from "../audit/audit-index.ts";
import { Changes } from "../changes/changes.ts";
import { Feed } from "../changes/feed.ts";
import { getProject } from "../projects/project-queries.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { findFlagAt, findSegmentAt, momentAt } from "./past-queries.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const flags = "/api/v2/flags/default";
const environment = "/api/v2/projects/default/environments/test";
const evaluate = `${environment}/flags/evaluate`;
const ada = { kind: "member", id: "1", name: "Ada" } as const;
const context = { kind: "user", key: "ada" };
const variations = [
  { _id: "yes", value: true },
  { _id: "no", value: false },
];
/** What was answered at each of these times, and the time itself. */
const moments: { at: number; flag: object; list: object; evaluation: object }[] = [];

async function remember(): Promise<void> {
  const flag = await answerOf("GET", `${flags}/checkout`);
  const list = await answerOf("GET", `${flags}?summary=0`);
  const evaluation = await answerOf("POST", evaluate, context);
  moments.push({ at: now, flag, list, evaluation });
  now += 1_000;
}

async function answerOf(method: "GET" | "POST", url: string, body?: object): Promise<object> {
  const answer = await server.ask(method, url, body);
  expect(answer.statusCode, answer.body).toBe(200);
  const { _links, ...shown } = answer.json();
  return shown;
}

async function patched(url: string, instructions: object[]): Promise<void> {
  const answer = await server.ask("PATCH", url, { environmentKey: "test", instructions });
  expect(answer.statusCode, answer.body).toBe(200);
}

beforeAll(async () => {
  for (const key of ["checkout", "base"]) {
    await server.ask("POST", flags, { key, name: key, variations });
  }
  await remember();
  await server.ask("POST", "/api/v2/segments/default/test", { key: "beta", name: "Beta" });
  await patched("/api/v2/segments/default/test/beta", [
    { kind: "addIncludedUsers", values: ["ada"] },
  ]);
  const clauses = [{ attribute: "segmentMatch", op: "segmentMatch", values: ["beta"] }];
  await patched(`${flags}/checkout`, [
    { kind: "turnFlagOn" },
    { kind: "addPrerequisite", key: "base", variationId: "no" },
    { kind: "addRule", clauses, variationId: "yes" },
  ]);
  await patched(`${flags}/base`, [{ kind: "turnFlagOff" }, { kind: "updateName", value: "Base" }]);
  await remember();
  await patched("/api/v2/segments/default/test/beta", [
    { kind: "removeIncludedUsers", values: ["ada"] },
  ]);
  await patched(`${flags}/checkout`, [{ kind: "archiveFlag" }]);
  await remember();
  await server.ask("DELETE", `${flags}/checkout`);
  await server.ask("DELETE", `${flags}/base`);
});

describe.each([0, 1, 2])("at the moment %i, long gone,", (index) => {
  it("a flag is answered as it was", async () => {
    const { at, flag } = moments[index] ?? { at: 0, flag: {} };

    expect(await answerOf("GET", `${flags}/checkout?at=${at}`)).toEqual(flag);
  });

  it("the list of flags is answered as it was", async () => {
    const { at, list } = moments[index] ?? { at: 0, list: {} };

    expect(await answerOf("GET", `${flags}?summary=0&at=${at}`)).toEqual(list);
  });

  it("a context is evaluated as it was", async () => {
    const { at, evaluation } = moments[index] ?? { at: 0, evaluation: {} };

    expect(await answerOf("POST", `${evaluate}?at=${at}`, context)).toEqual(evaluation);
  });
});

it("what was in an environment goes with it, and comes with one that is made from it", async () => {
  const { db } = server.running;
  const changes = new Changes({ db, feed: new Feed(), now: () => now, rules: [indexChange] });
  const { id: projectId } = await getProject(db, "default");
  const [flag, segment] = [
    { key: "late", name: "Late", environments: { old: { salt: "a" }, test: { salt: "b" } } },
    { key: "few", name: "Few" },
  ];
  const resources = ["proj/default:env/old:segment/few"];
  const about = { projectId, words: [], served: [], environments: [], instructions: [] };
  const environment = { ...about, kind: "environment", resources: ["proj/default:env/old"] };
  const made = {
    configurations: { late: { salt: "c" } },
    segments: [{ ...segment, name: "Copy" }],
  };
  const times: number[] = [];
  for (const change of [
    { ...about, kind: "flag", key: "late", resources: ["proj/default"], after: flag },
    { ...about, kind: "segment", key: "few", resources, after: segment },
    { ...environment, key: "old", before: { key: "old" } },
    { ...environment, key: "old", after: made },
  ]) {
    now += 1_000;
    times.push(now);
    await changes.write(ada, (_, record) => record(change));
  }
  const late = async (at = 0) => findFlagAt(db, projectId, "late", await momentAt(db, at));
  const place = { projectId, environmentKey: "old", key: "few" };
  const few = async (at = 0) => findSegmentAt(db, place, await momentAt(db, at));

  const [, before, ended, again] = times;
  expect((await late(before))?.state.environments).toEqual(flag.environments);
  expect((await few(before))?.state.name).toBe("Few");
  expect((await late(ended))?.state.environments).toEqual({ test: { salt: "b" } });
  expect(await few(ended)).toBeUndefined();
  expect((await late(again))?.state.environments["old"]).toEqual({ salt: "c" });
  expect((await few(again))?.state.name).toBe("Copy");
});

it("before there was anything nothing is found", async () => {
  const answer = await server.ask("GET", `${flags}/checkout?at=1`);

  expect(answer.statusCode).toBe(404);
  expect(answer.json().message).toContain("had no flag");
  expect(await answerOf("GET", `${flags}?at=1`)).toMatchObject({ totalCount: 0 });
});
