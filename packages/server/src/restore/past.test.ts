import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const flags = "/api/v2/flags/default";
const environment = "/api/v2/projects/default/environments/test";
const evaluate = `${environment}/flags/evaluate`;
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

it("before there was anything nothing is found", async () => {
  const answer = await server.ask("GET", `${flags}/checkout?at=1`);

  expect(answer.statusCode).toBe(404);
  expect(answer.json().message).toContain("had no flag");
  expect(await answerOf("GET", `${flags}?at=1`)).toMatchObject({ totalCount: 0 });
});
