import { expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const path = "/api/v2/announcements";
const body = {
  title: "Maintenance",
  message: "The database moves.",
  severity: "info",
  isDismissible: true,
};

it("an announcement begins and ends by itself", async () => {
  let now = 1_000;
  await using server = await TemporaryServer.start({ now: () => now });
  const made = await server.ask("POST", path, { ...body, startTime: 2_000, endTime: 3_000 });
  const listedAs = async (status: string) =>
    (await server.ask("GET", `${path}?status=${status}`)).json().items.length;

  expect(made.statusCode).toBe(201);
  expect(made.json()).toMatchObject({ ...body, _status: "scheduled" });
  expect(await listedAs("scheduled")).toBe(1);
  now = 2_000;
  expect(await listedAs("active")).toBe(1);
  now = 3_000;
  expect(await listedAs("inactive")).toBe(1);
  expect(await listedAs("active")).toBe(0);
});

it("an announcement is changed and deleted, and both are written down", async () => {
  await using server = await TemporaryServer.start();
  const { _id } = (await server.ask("POST", path, { ...body, startTime: 5 })).json();

  const changed = await server.ask("PATCH", `${path}/${_id}`, [
    { op: "replace", path: "/severity", value: "critical" },
    { op: "add", path: "/endTime", value: 10 },
  ]);
  const backwards = await server.ask("PATCH", `${path}/${_id}`, { endTime: 4 });
  const gone = await server.ask("DELETE", `${path}/${_id}`);
  const again = await server.ask("DELETE", `${path}/${_id}`);
  const rows = await server.running.db
    .selectFrom("change")
    .select("words")
    .where("kind", "=", "announcement")
    .orderBy("version")
    .execute();

  expect(changed.json()).toMatchObject({ severity: "critical", endTime: 10, _status: "inactive" });
  expect(backwards.statusCode).toBe(400);
  expect(gone.statusCode).toBe(204);
  expect(again.statusCode).toBe(404);
  expect(rows.map(({ words }) => JSON.parse(words ?? "[]")[0])).toEqual([
    'Announce "Maintenance"',
    'Change severity and endTime of the announcement "Maintenance"',
    'Delete the announcement "Maintenance"',
  ]);
});

it("everybody reads announcements, and only admins make them", async () => {
  await using server = await TemporaryServer.start();
  await server.ask("POST", path, { ...body, startTime: 5 });
  const writer = await newMember(server, { email: "writer@example.com", role: "writer" });

  const read = await server.askAs(writer, "GET", path);
  const made = await server.askAs(writer, "POST", path, { ...body, startTime: 5 });

  expect(read.json().items).toHaveLength(1);
  expect(made.statusCode).toBe(403);
});
