import type { Json } from "@halyard/evaluation";
import type { Random } from "./random.ts";

/**
 * What contexts hold and clauses ask for, so that a fair share of them meet.
 *
 * Left out is what LaunchDarkly's SDK for Node reads and others do not: versions with spaces around
 * them, and dates with more than nine digits of a second's fraction.
 */
export const families = {
  text: [
    "ada@example.com",
    "grace@falsemail.test",
    "DE",
    "FR",
    "",
    " ",
    "Straße",
    "\u{1F4A1} idea",
    "\ud83d",
    "18",
    "true",
    "null",
    "constructor",
    "__proto__",
    "a\nb",
  ],
  number: [
    0,
    -0,
    1,
    -1,
    18,
    33.5,
    0.1,
    1e21,
    1e-7,
    2 ** 53,
    -(2 ** 31),
    4294967296,
    5e-324,
    1.7e308,
  ],
  date: [
    "2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00.000Z",
    "2024-01-01T01:00:00+01:00",
    "2023-12-31T23:59:59.999999999Z",
    "2024-02-29T12:30:00.5-08:30",
    "2023-02-30T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-01-01T24:00:00Z",
    "2024-01-01T25:00:00Z",
    "2016-12-31T23:59:60Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2024-01-01T00:00:00+01",
    "2024-01-01T00:00:00-0100",
    "2024-01-01T00:00:00+24:00",
    "2024-01-01T00:00:00-00:00",
    "2024-01-01T00:00:00.Z",
    "2024-01-01T00:00:00Z or so",
    "2024-01-01",
    "2024-01-01T00:00:00",
    "2024-01-01 00:00:00Z",
    "2024-01-01t00:00:00Z",
    "2024-01-01T00:00:00z",
    "2024-1-1T00:00:00Z",
    "2024-01-01T00:00Z",
    "1704067200000",
    "yesterday",
    1_704_067_200_000,
    1_704_067_200_000.5,
    -1,
    0,
    8.64e15,
  ],
  version: [
    "1.0.0",
    "1.0",
    "1",
    "2.3.1",
    "2.3.1-beta",
    "2.3.1-beta.2",
    "2.3.1-beta.11",
    "2.3.1-beta.2.x",
    "2.3.1-beta.x",
    "2.3.1-beta.X",
    "2.3.1-1",
    "2.3.2-beta",
    "2.3.0+x",
    "2.3.1-rc.1+build.5",
    "2.3.1+build",
    "2.3.1+build.01",
    "2-alpha",
    "2.0+7",
    "10.0.0",
    "0.0.0",
    "0.0.0-0",
    "1.0.0--1",
    "1.0.0-01",
    "1.0.0-",
    "1.0.0+",
    "1.0.0-a..b",
    "1.0.0-ä",
    "01.2.3",
    "1.2.3.4",
    "v1.0.0",
    "V1.0.0",
    "1.2.3-9007199254740993",
    "1.2.3-9007199254740992",
    "131072.0.0",
    "9007199254740991.0.0",
    "9007199254740993.0.0",
    "99999999999999999999.1.1",
    "1.x.0",
    "-1.0.0",
    `1.0.0-${"a".repeat(260)}`,
    1,
    2.3,
  ],
  other: [true, false, null, {}, [], { city: "Kiel" }, [1, "a"]],
} as const satisfies Record<string, readonly Json[]>;

export type Family = keyof typeof families;

/** Attributes of contexts by what they mostly hold. */
export const attributes: Readonly<Record<Family, readonly string[]>> = {
  text: ["email", "country", "name", "a/b", "/slash", "x~y", "constructor", "__proto__", "ümlaut"],
  number: ["age", "size", "0", "toString"],
  date: ["signedUp", "lastSeen"],
  version: ["appVersion", "os"],
  other: ["beta", "groups", "address", "hasOwnProperty"],
};

export const kinds = ["user", "org", "device.v-2", "__kind_"] as const;

export const keys = [
  ...Array.from({ length: 12 }, (_, index) => `key-${index}`),
  "constructor",
  "__proto__",
  "toString",
  "a:b%3A",
  "ключ",
  "\u{1F511}",
  "\udd11\ud83d",
  "7",
  `long-${"k".repeat(80)}`,
];

/** A value of the family, or now and then of any. */
export function valueIn(random: Random, family: Family): Json {
  if (random.chance(0.04)) return anyValue(random);
  return random.pick<Json>(families[family]);
}

export function anyValue(random: Random): Json {
  return valueIn(random, random.pick(Object.keys(families) as Family[]));
}
