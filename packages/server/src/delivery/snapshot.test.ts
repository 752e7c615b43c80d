import { expect, it } from "vitest";
import { Snapshot } from "./snapshot.ts";

const environment = { environmentId: "e", epoch: "e" };
const flag = { kind: "flag", key: "checkout", version: 5, body: undefined } as const;

it("names in heartbeats the latest change that was told, and not one that a filter held back", () => {
  const snapshot = new Snapshot({ ...environment, version: 3, items: [] });

  snapshot.apply({ ...environment, from: 3, to: 4, items: [] });
  const afterNothing = [snapshot.id, snapshot.toldId];
  snapshot.apply({ ...environment, from: 4, to: 5, items: [flag] });

  expect(afterNothing).toEqual(["e:4", "e:3"]);
  expect([snapshot.id, snapshot.toldId]).toEqual(["e:5", "e:5"]);
});
