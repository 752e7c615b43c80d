import type { Random } from "./random.ts";
import type { FlagSet } from "./random-flag-set.ts";
import { anyValue } from "./values.ts";

/** A copy with some of its parts replaced by values that have no business there. */
export function damaged(random: Random, set: FlagSet): FlagSet {
  const copy = structuredClone(set);
  for (const holder of [...Object.values(copy.flags), ...Object.values(copy.segments)]) {
    if (random.chance(0.7)) damagePart(random, holder);
  }
  return copy;
}

function damagePart(random: Random, whole: object): void {
  let holder = whole;
  for (;;) {
    const names = Object.keys(holder).filter((name) => holder !== whole || name !== "key");
    if (names.length === 0) return;
    const name = random.pick(names);
    const member: unknown = Reflect.get(holder, name);
    if (typeof member !== "object" || member === null || random.chance(0.3)) {
      Reflect.set(holder, name, anyValue(random));
      return;
    }
    holder = member;
  }
}
