import fc from "fast-check";
import { expect, it } from "vitest";
import { parseReference } from "./attribute-reference.ts";
import { Buckets, placeOf } from "./bucket.ts";
import { Context, IndividualContext } from "./context.ts";

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

it("puts nobody anywhere by the kinds of a context, which are a list", () => {
  const context = new Context(new IndividualContext("user", { key: "ada" }));

  expect(new Buckets("user", parseReference("kind"), "prefix").placeOf(context)).toBe(0);
});

it("packs what texts share without moving anybody", () => {
  const reference = parseReference("key");
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 70 });
  fc.assert(
    fc.property(text, text, (prefix, key) => {
      const context = new Context(new IndividualContext("user", { key }));

      const place = new Buckets("user", reference, prefix).placeOf(context);

      expect(place).toBe(placeOf(`${prefix}.${key}`));
    }),
  );
});
