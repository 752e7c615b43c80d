import { afterAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());
const segments = "/api/v2/segments/default/test";

async function newSegment(key: string): Promise<string> {
  const made = await server.ask("POST", segments, { key, name: `Segment ${key}` });
  expect(made.statusCode).toBe(201);
  return `${segments}/${key}`;
}

async function newFlagNaming(segment: string, key: string): Promise<void> {
  const made = await server.ask("POST", "/api/v2/flags/default", { key, name: `Flag ${key}` });
  const instruction = {
    kind: "addRule",
    clauses: [{ attribute: "", op: "segmentMatch", values: [segment] }],
    variationId: made.json().variations[0]._id,
  };
  const patch = { environmentKey: "test", instructions: [instruction] };
  const answer = await server.ask("PATCH", `/api/v2/flags/default/${key}`, patch);
  expect(answer.statusCode).toBe(200);
}

it("a segment that is asked for by itself names the flags that ask for it", async () => {
  const url = await newSegment("named");
  await newFlagNaming("named", "asking");

  const { _flags } = (await server.ask("GET", url)).json();

  expect(_flags).toEqual([
    {
      name: "Flag asking",
      key: "asking",
      _links: { self: { href: "/api/v2/flags/default/asking", type: "application/json" } },
    },
  ]);
  const [listed] = (await server.ask("GET", `${segments}?filter=keys:named`)).json().items;
  expect(listed).not.toHaveProperty("_flags");
});

it("a list tells of each segment which flags ask for it, where that is asked for", async () => {
  await newSegment("counted");
  await newSegment("forgotten");
  await newFlagNaming("counted", "counting");

  const list = await server.ask("GET", `${segments}?filter=keys:counted+forgotten&expand=flags`);
  const refused = await server.ask("GET", `${segments}?expand=rules`);

  const keys = list
    .json()
    .items.map((one: { _flags: readonly { key: string }[] }) => one._flags.map(({ key }) => key));
  expect(keys).toEqual([["counting"], []]);
  expect(refused.statusCode).toBe(400);
});

it("a flag that begins to ask for a segment makes no reader of the segment stale", async () => {
  const url = await newSegment("read");
  const { etag = "" } = (await server.ask("GET", url)).headers;
  await newFlagNaming("read", "newcomer");

  const answer = await server.ask("PATCH", url, { name: "New" }, { "if-match": String(etag) });
  const again = await server.ask("PATCH", url, { name: "Newer" }, { "if-match": String(etag) });

  expect([answer.statusCode, again.statusCode]).toEqual([200, 412]);
});

it("a segment is not deleted while flags and segments name it, and all of them are told", async () => {
  const url = await newSegment("needed");
  await newFlagNaming("needed", "needing");
  const other = await newSegment("other");
  const clauses = [{ attribute: "", op: "segmentMatch", values: ["needed"] }];
  await server.ask("PATCH", other, { instructions: [{ kind: "addRule", clauses }] });

  const answer = await server.ask("DELETE", url);

  expect(answer.statusCode).toBe(409);
  expect(answer.json().message).toContain('flag "needing", segment "other" name it');
});

it("a dry run answers what would come of it, and keeps nothing", async () => {
  const url = await newSegment("dry");

  const answer = await server.ask("PATCH", `${url}?dryRun=true`, { name: "Wet" });

  expect(answer.json().name).toBe("Wet");
  expect((await server.ask("GET", url)).json()).toMatchObject({ name: "Segment dry", version: 1 });
});

it.each([
  ["query:beautiful", ["found"]],
  ["tags:one+two", ["found"]],
  ["keys:found+dry,excludedKeys:dry", ["found"]],
  ["query:found,external:true", []],
  ["query:found,unbounded:false", ["found"]],
])("a list takes the filter %s", async (filter, keys) => {
  const body = { key: "found", name: "F", description: "Beautiful", tags: ["one", "two"] };
  await server.ask("POST", segments, body);

  const { items } = (
    await server.ask("GET", `${segments}?filter=${encodeURIComponent(filter)}`)
  ).json();

  expect(items.map(({ key }: { key: string }) => key)).toEqual(keys);
});
