import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { SteppedProjects, steps } from "../testing/project-steps.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());
const projects = new SteppedProjects(server, () => {
  now += 1;
});
const environmentKeys = ["test", "production"];

/** All that REST shows of flags and segments, by their keys: what was made first belongs to the place. */
async function shown(project: string) {
  const flags = (await server.ask("GET", `/api/v2/flags/${project}?summary=0&limit=100`)).json();
  const archived = `/api/v2/flags/${project}?summary=0&limit=100&filter=state:archived`;
  const others = (await server.ask("GET", archived)).json();
  const segments = (await server.ask("GET", `/api/v2/segments/${project}/test`)).json();
  return { flags: byKey([...flags.items, ...others.items]), segments: byKey(segments.items) };
}

function byKey(items: { key: string }[]): { key: string }[] {
  return items.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What belongs to the place and the time rather than to the thing. */
const ofThePlace = new Set([
  "_links",
  "_site",
  "_maintainer",
  "maintainerId",
  "_environmentName",
  "_debugEventsUntilDate",
  "creationDate",
  "archivedDate",
  "deprecatedDate",
  "lastModified",
  "lastModifiedDate",
  "_version",
  "version",
]);

function told(what: object): unknown {
  return JSON.parse(
    JSON.stringify(what, (name, value) => (ofThePlace.has(name) ? undefined : value)),
  );
}

it("takes flags and segments from how REST shows them, and shows them the same again", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const project = await projects.add();
      const apart = all.filter(({ kind }) => kind !== "environment" && kind !== "clone");
      await projects.takeAll(project, apart);
      const original = await shown(project);
      const copy = `${project}-copy`;
      const environments = environmentKeys.map((key) => ({ key, name: key }));
      await server.ask("POST", "/api/v2/projects", { key: copy, name: copy, environments });

      const body = { format: "launchdarkly", environmentKey: "test", documents: original };
      const report = await server.ask("POST", `/api/v2/projects/${copy}/import`, body);

      expect(report.json().refused).toEqual([]);
      expect(told(await shown(copy))).toEqual(told(original));
    }),
    { numRuns: 20 },
  );
});
