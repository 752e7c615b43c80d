import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Environment } from "../environments/environment-queries.ts";
import { listFlags } from "../flags/flag-queries.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import { listSegments } from "../segments/segment-queries.ts";
import { flagKeys, type Step, SteppedProjects, steps } from "../testing/project-steps.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { listFlagsAt, listSegmentsAt, momentAt } from "./past-queries.ts";
import { pastSnapshot } from "./past-snapshot.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const projects = new SteppedProjects(server, () => {
  now += 1;
});

interface Keyed {
  readonly key: string;
}

interface State {
  readonly flags: readonly Keyed[];
  readonly segments: readonly Keyed[];
}

const byKey = (a: Keyed, b: Keyed) => (a.key < b.key ? -1 : 1);

async function stored(project: string): Promise<State> {
  const { db } = server.running;
  const { project: found, environment } = await getEnvironment(db, project, "test");
  return {
    flags: (await listFlags(db, found.id)).map(({ state }) => state).sort(byKey),
    segments: (await listSegments(db, environment.id)).map(({ state }) => state),
  };
}

async function replayed(project: string, at: number): Promise<State> {
  const { db } = server.running;
  const { id: projectId } = await getProject(db, project);
  const moment = await momentAt(db, at);
  const segments = await listSegmentsAt(db, { projectId, environmentKey: "test" }, moment);
  return {
    flags: (await listFlagsAt(db, projectId, moment)).map(({ state }) => state).sort(byKey),
    segments: segments.map(({ state }) => state),
  };
}

/** What SDKs are served, by kind and key; versions aside. */
async function served({ id }: Environment): Promise<Map<string, object>> {
  const rows = await server.running.db
    .selectFrom("item")
    .selectAll()
    .where("environment_id", "=", id)
    .where("body", "is not", null)
    .execute();
  return new Map(
    rows.map(({ kind, key, body }) => [
      `${kind} ${key}`,
      { ...JSON.parse(body ?? ""), version: 0 },
    ]),
  );
}

interface Exported {
  readonly environments: readonly { readonly key: string; readonly name: string }[];
  readonly flags: readonly { readonly variations: readonly { readonly id: string }[] }[];
  readonly segments: readonly object[];
}

async function exported(project: string): Promise<Exported> {
  return (await server.ask("GET", `/api/v2/projects/${project}/export`)).json();
}

/** Variations come back at the end, which the answer says; their order is left out of account. */
async function shown(project: string): Promise<object> {
  const { flags, segments } = await exported(project);
  const ordered = flags.map((flag) => ({
    ...flag,
    variations: [...flag.variations].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  return { flags: ordered, segments };
}

const runs = { numRuns: 20 };

describe("whatever is done to flags and segments", () => {
  it("the log replayed gives what is stored, now and at every time before", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const project = await projects.add();
        const states = new Map<number, State>([[now, await stored(project)]]);
        for (const one of all) {
          await projects.take(project, one);
          states.set(now, await stored(project));
        }

        for (const [at, state] of states) expect(await replayed(project, at)).toEqual(state);
      }),
      runs,
    );
  });

  it("the log replayed gives what environments serve", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const project = await projects.add();
        await projects.takeAll(project, all);

        const { db } = server.running;
        for (const key of ["test", "production"]) {
          const place = await getEnvironment(db, project, key);
          const items = await served(place.environment);
          const { store } = await pastSnapshot(db, place, await momentAt(db, now));
          const replay = [...items.keys()].map((item) => {
            const [kind, itemKey = ""] = item.split(" ");
            return [item, kind === "flag" ? store.flag(itemKey) : store.segment(itemKey)] as const;
          });
          expect(new Map(replay)).toEqual(items);
          expect(flagKeys.filter((flag) => store.flag(flag) !== undefined)).toEqual(
            flagKeys.filter((flag) => items.has(`flag ${flag}`)),
          );
        }
      }),
      runs,
    );
  });

  it("flags and segments are brought back to how they were", async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (earlier, later) => {
        const project = await projects.add();
        await projects.takeAll(project, earlier);
        const [at, before] = [now, await shown(project)];
        const { flags, segments } = await stored(project);
        // What is made anew gets other salts, and environments that are newer stay.
        const isKept = ({ kind }: Step) =>
          ["flag", "segment", "delete", "deleteSegment"].includes(kind);
        await projects.takeAll(project, later.filter(isKept));
        now += 1;

        const base = `/api/v2/projects/${project}`;
        for (const { key } of segments) {
          await restored(`${base}/environments/test/segments/${key}/restore`, at);
        }
        // What requires another flag comes after it.
        for (const { key } of [...flags].reverse()) {
          await restored(`${base}/flags/${key}/restore`, at);
        }

        expect(await shown(project)).toEqual(before);
      }),
      runs,
    );
  });

  it("an environment serves what it served, where nothing else is said", async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(steps, steps, async (earlier, later) => {
        const project = await projects.add();
        await projects.takeAll(project, earlier);
        const at = now;
        const { environment } = await getEnvironment(server.running.db, project, "test");
        const before = await served(environment);
        await projects.takeAll(project, later);
        now += 1;

        const url = `/api/v2/projects/${project}/environments/test/restore`;
        const answer = await server.ask("POST", url, { at });

        expect(answer.statusCode, answer.body).toBe(200);
        if (answer.json().notRestored.length > 1) return;
        whole += 1;
        expect(await served(environment)).toEqual(before);
      }),
      runs,
    );
    expect(whole).toBeGreaterThan(runs.numRuns / 5);
  });

  it("a project exported and imported gives the same export", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const project = await projects.add();
        await projects.takeAll(project, all);
        const original = await exported(project);
        const copy = `${project}-copy`;
        const environments = original.environments.map(({ key, name }) => ({ key, name }));
        await server.ask("POST", "/api/v2/projects", { key: copy, name: copy, environments });

        const body = { format: "halyard", documents: { project: original } };
        const report = await server.ask("POST", `/api/v2/projects/${copy}/import`, body);

        expect(report.json().refused).toEqual([]);
        const { flags, segments } = await exported(copy);
        expect({ flags, segments }).toEqual({
          flags: original.flags,
          segments: original.segments,
        });
      }),
      runs,
    );
  });
});

async function restored(url: string, at: number): Promise<void> {
  const answer = await server.ask("POST", url, { at });
  expect(answer.statusCode, answer.body).toBe(200);
}
