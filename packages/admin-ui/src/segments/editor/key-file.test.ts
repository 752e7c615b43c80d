import { expect, it } from "vitest";
import { keysInFile } from "./key-file.ts";

it.each([
  ["ada\ngrace\n", ["ada", "grace"]],
  ["\uFEFFkey,membership\r\nada,included\r\n\r\ngrace", ["ada", "grace"]],
  ['"acme, inc";x\n"the ""one"""', ["acme, inc", 'the "one"']],
  ["ada\nada", ["ada"]],
  ["key", []],
])("the keys of the file %j are %j", (text, keys) => {
  expect(keysInFile(text)).toEqual(keys);
});
