import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { newToken } from "../testing/accounts.ts";
import {
  approvalDoors,
  type Door,
  type DoorWorld,
  newDoorWorld,
  protectWorld,
  requestThrough,
  servedIn,
} from "../testing/approval-doors.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-11-01T00:00:00Z");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const { token: writer } = await newToken(server, { role: "writer" });
let worlds = 0;

/** With what the owner has set up before, to be done later. */
async function newWorld(settings: object = {}): Promise<DoorWorld> {
  worlds += 1;
  const tick = () => {
    now += 1000;
    return now;
  };
  const world = await newDoorWorld(server, { projectKey: `world-${worlds}`, tick });
  const { projectKey, key } = world;
  const inFlag = `/api/v2/projects/${projectKey}/flags/${key}/environments/production`;
  const Made = z.object({ _id: z.string() });
  const schedule = await server.ask("POST", `${inFlag}/scheduled-changes`, {
    executionDate: now + 3_600_000,
    instructions: [{ kind: "updateName", value: "Later" }],
  });
  const triggers = `/api/v2/flags/${projectKey}/${key}/triggers/production`;
  const trigger = await server.ask("POST", triggers, {
    integrationKey: "generic-trigger",
    instructions: [{ kind: "turnFlagOn" }],
  });
  const releasing = `/api/v2/projects/${projectKey}/flags/${key}/release`;
  const release = await server.ask("PUT", releasing, { releasePipelineKey: "usual" });
  const { phases } = z.object({ phases: z.array(Made).length(2) }).parse(release.json());
  await server.ask("PATCH", `/api/v2/flags/${projectKey}/${key}/release`, [
    { op: "replace", path: "/phases/0/complete", value: true },
  ]);
  await protectWorld(server, world, settings);
  const ids = {
    schedule: Made.parse(schedule.json())._id,
    trigger: Made.parse(trigger.json())._id,
    phase: phases[1]?._id ?? "",
  };
  return { ...world, ids };
}

const through = (door: Door, world: DoorWorld, authorization: string) => {
  const { headers, ...request } = requestThrough(door, world);
  return server.running.app.inject({ ...request, headers: { ...headers, authorization } });
};
const leading = approvalDoors.filter(({ leads }) => leads);
/** A file is taken in later by the server itself, whose right it is not: it waits for approval, whoever sends it. */
const open = leading.filter(({ route }) => !route.endsWith("/imports"));
/** The laws draw from these, for they count who approved of what. */
const ofRequests = /\/approval-requests(-flag-copy)?(\/:id(\/\w+)?)?$/u;
/** What belongs to no project or changes nothing, and a project that is new. */
const ofNoEnvironment =
  /^\w+ (\/scim\/v2\/|\/api\/v2\/((tokens|account|roles|members|teams|templates|auditlog|audit|webhooks|integrations|announcements|code-refs|access-check)(\/|$)|projects$))/u;
const quiet = approvalDoors.filter(({ leads }) => !leads);
const named = (doors: typeof approvalDoors) =>
  doors.map((door) => [`${door.route} ${door.name}`, door] as const);

describe("the door to a protected environment", () => {
  it.each(named(leading))("%s is shut to whoever may not bypass approval", async (_, door) => {
    const world = await newWorld();
    const before = await servedIn(server, world.projectKey);

    const refused = await through(door, world, writer);
    now += 2000;
    await server.running.runDueWork();

    expect([refused.statusCode, refused.json().code]).toEqual([403, "approval_required"]);
    expect(await servedIn(server, world.projectKey)).toBe(before);
  });

  it("is known for each route that writes", () => {
    const written = server.running.app.managementRoutes.filter((one) => !/^(GET|HEAD) /u.test(one));
    const doors = new Set(approvalDoors.map(({ route }) => route));

    const unknown = written.filter(
      (route) => !doors.has(route) && !ofRequests.test(route) && !ofNoEnvironment.test(route),
    );
    const gone = [...doors].filter((route) => !written.includes(route));

    expect([unknown, gone]).toEqual([[], []]);
  });

  it.each(named(open))("%s is open to whoever may", async (_, door) => {
    const world = await newWorld();

    const taken = await through(door, world, TemporaryServer.ownerToken);

    expect([taken.statusCode < 300, taken.body]).toEqual([true, taken.body]);
  });

  it.each(named(quiet))("%s leads to nothing that is served", async (_, door) => {
    const world = await newWorld();
    const before = await servedIn(server, world.projectKey);

    await through(door, world, writer);
    now += 2000;
    await server.running.runDueWork();

    expect(await servedIn(server, world.projectKey)).toBe(before);
  });

  it("is shut to what is scheduled in another environment, where pending changes pass", async () => {
    const world = await newWorld({ bypassApprovalsForPendingChanges: true });
    const { projectKey, key } = world;
    const inTest = `/api/v2/projects/${projectKey}/flags/${key}/environments/test`;
    const schedule = (kind: string) => {
      const body = { executionDate: now + 1000, instructions: [{ kind }] };
      return server.ask("POST", `${inTest}/scheduled-changes`, body, writer);
    };

    const refused = await schedule("archiveFlag");
    const harmless = await schedule("turnFlagOff");

    expect([refused.statusCode, harmless.statusCode]).toEqual([403, 201]);
    expect(refused.json().code).toBe("approval_required");
  });
});
