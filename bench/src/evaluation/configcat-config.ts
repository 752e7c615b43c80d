import {
  countries,
  leastVersion,
  manyKeys,
  prerequisiteKeys,
  targetKeys,
  weights,
} from "./flags.ts";

// The service's file in version 6, whose members are single letters: f flags, t type, v value, r
// rules, c conditions, s what is served, p percentages.
const boolean = 0;
const text = 1;
const isOneOf = 0;
const semVerGreater = 8;
const equals = 0;

const yes = { b: true };
const no = { b: false };
const members = {
  t: boolean,
  v: no,
  r: [
    {
      c: [
        { u: { a: "Country", c: isOneOf, l: countries } },
        { u: { a: "appVersion", c: semVerGreater, s: leastVersion } },
      ],
      s: { v: yes },
    },
  ],
};

export const configcatConfig = {
  p: { u: "http://127.0.0.1", r: 0, s: "salt" },
  f: {
    simple: { t: boolean, v: yes },
    clauses: members,
    rollout: {
      t: text,
      v: { s: "a" },
      p: Object.entries(weights).map(([name, percent]) => ({ p: percent, v: { s: name } })),
    },
    targets: {
      t: boolean,
      v: no,
      r: [{ c: [{ u: { a: "Identifier", c: isOneOf, l: targetKeys } }], s: { v: yes } }],
    },
    ...Object.fromEntries(prerequisiteKeys.map((key) => [key, { t: boolean, v: yes }])),
    prerequisites: {
      t: boolean,
      v: no,
      r: [
        {
          c: prerequisiteKeys.map((key) => ({ p: { f: key, c: equals, v: yes } })),
          s: { v: yes },
        },
      ],
    },
    ...Object.fromEntries(
      manyKeys.map((key, index) => [key, index % 2 === 0 ? { t: boolean, v: yes } : members]),
    ),
  },
};
