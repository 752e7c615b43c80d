import { expect, it } from "vitest";
import { placeOf } from "./bucket.ts";

it.each([
  { hashed: "hashKey.saltyA.userKeyA", place: 0.42157587 },
  { hashed: "hashKey.saltyA.userKeyB", place: 0.6708485 },
  { hashed: "hashKey.saltyA.userKeyC", place: 0.10343106 },
  { hashed: "61.userKeyA", place: 0.09801207 },
  { hashed: "61.userKeyB", place: 0.14483778 },
  { hashed: "61.userKeyC", place: 0.92426409 },
  { hashed: "hashKey.saltyA.33333", place: 0.54771423 },
  { hashed: "hashKey.saltyA.99999", place: 0.7309658 },
  { hashed: "segment3.salty.user-key", place: 0.14950212 },
  { hashed: "segment3.salty.unmatching-key", place: 0.36563563 },
])("puts $hashed at $place, as every SDK does", ({ hashed, place }) => {
  expect(placeOf(hashed)).toBeCloseTo(place, 7);
});
