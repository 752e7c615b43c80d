import { expect, it } from "vitest";
import {
  anyOf,
  isInRange,
  list,
  oneOf,
  parseFilter,
  text,
  timeRange,
  unavailable,
} from "./filter.ts";

const fields = {
  query: text,
  tags: list,
  state: anyOf("live", "archived"),
  type: oneOf("temporary", "permanent"),
  creationDate: timeRange,
  hasExperiment: unavailable("there are no experiments"),
};

it("reads arguments joined by commas and values joined by +", () => {
  expect(parseFilter("query:dark mode,tags:beta+web,state:live+archived", fields)).toEqual({
    query: "dark mode",
    tags: ["beta", "web"],
    state: ["live", "archived"],
  });
});

it("takes commas and colons inside braces and quotes for a part of the value", () => {
  const filter = 'creationDate:{"after":1,"before":9},query:"a,b:c"';

  expect(parseFilter(filter, fields)).toEqual({
    creationDate: { after: 1, before: 9 },
    query: "a,b:c",
  });
});

it("asks for nothing where it is empty or absent", () => {
  expect([parseFilter(undefined, fields), parseFilter(" , ", fields)]).toEqual([{}, {}]);
});

it.each([
  ["tag:beta", /did you mean "tags"\? use query, tags/u],
  ["constructor:x", /filter knows no "constructor"/u],
  ["tags", /give tags:VALUE/u],
  ["tags:", /values joined by \+/u],
  ["query:", /give some text/u],
  ["state:live+dead", /state does not read "dead"; give live, archived/u],
  ["type:temporary+permanent", /give temporary or permanent/u],
  ["tags:a,tags:b", /give tags once/u],
  ["creationDate:{before:1}", /creationDate does not read/u],
  ["creationDate:{}", /"after": MS/u],
  ['creationDate:{"since":1}', /"after": MS/u],
  ["hasExperiment:true", /there are no experiments/u],
])("refuses %s and says what to give", (filter, words) => {
  expect(() => parseFilter(filter, fields)).toThrow(words);
});

it("leaves out the ends of a range of times", () => {
  const range = { after: 1, before: 3 };

  expect([1, 2, 3].map((time) => isInRange(time, range))).toEqual([false, true, false]);
});
