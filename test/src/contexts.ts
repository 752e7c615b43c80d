/** Contexts that meet every kind of clause, the same for the same seed. */
export function generateContexts(count: number, seed = 1): object[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => contextFrom(random, index));
}

/** A small generator (mulberry32) of numbers in [0, 1): runs must be repeatable. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const countries = ["DE", "FR", "US", "BR", ""];
const plans = ["free", "pro", "beta", "enterprise"];
const versions = ["1.0.0", "2.3.1", "2.3.1-beta.2", "2", "10.0", "v1", "01.2.3", "3.0.0+build"];
const dates = [
  "2024-01-01T00:00:00Z",
  "2026-05-05T10:00:00.123+02:00",
  "yesterday",
  1_700_000_000_000,
];

function contextFrom(random: () => number, index: number): object {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const person = {
    key: random() < 0.2 ? `user-${100 + (index % 6)}` : `user-key-${index}`,
    email: pick(["ada@example.com", "grace@falsemail.test", "linus@example.org"]),
    country: pick(countries),
    plan: pick(plans),
    age: pick([17, 18, 33.5, -1, "18"]),
    appVersion: pick(versions),
    signedUp: pick(dates),
    groups: pick([["a", "b"], ["b"], [], ["c", 3]]),
    address: { city: pick(["Kiel", "Lyon"]), geo: { zip: pick(["24103", 24103]) } },
    bucket: pick([7, 7.5, "seven", true, null]),
    product_id: pick(["OLJCESPC7Z", "L9ECAV7KIM", "66VCHSJNUP"]),
  };
  const organization = { key: `org-${index % 17}`, plan: pick(plans), size: pick([1, 20, 5000]) };
  const shape = random();
  if (shape < 0.55) return { kind: "user", ...person, anonymous: random() < 0.1 };
  if (shape < 0.7) return { kind: "org", ...organization };
  if (shape < 0.9) return { kind: "multi", user: person, org: organization };
  if (shape < 0.97)
    return { key: person.key, country: person.country, custom: { plan: person.plan } };
  return pick<object>([
    { kind: "user" },
    { kind: "kind", key: "x" },
    { kind: "multi" },
    { key: 7 },
  ]);
}
