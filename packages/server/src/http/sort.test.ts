import { expect, it } from "vitest";
import { compareTexts, parseSort } from "./sort.ts";

const fields = {
  age: (a: Person, b: Person) => a.age - b.age,
  name: (a: Person, b: Person) => compareTexts(a.name, b.name),
};
interface Person {
  readonly name: string;
  readonly age: number;
}
const people = [
  { name: "Cleo", age: 7 },
  { name: "Ada", age: 9 },
  { name: "Bert", age: 9 },
];

it.each([
  ["age", ["Cleo", "Ada", "Bert"]],
  ["-age,-name", ["Bert", "Ada", "Cleo"]],
  ["name", ["Ada", "Bert", "Cleo"]],
  [undefined, ["Cleo", "Ada", "Bert"]],
  ["", ["Cleo", "Ada", "Bert"]],
])("sorts by %s", (sort, names) => {
  expect([...people].sort(parseSort(sort, fields)).map(({ name }) => name)).toEqual(names);
});

it.each(["nmae", "-constructor"])("names the fields where it cannot sort by %s", (sort) => {
  expect(() => parseSort(sort, fields)).toThrow(/use age, name/u);
});

it("says which field was probably meant", () => {
  expect(() => parseSort("nmae", fields)).toThrow(/did you mean "name"/u);
});
