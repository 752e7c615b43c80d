import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha1BlockSource } from "../generate/sha1-block.ts";
import { hashText } from "./sha1.ts";

it("is the SHA-1 of any text's UTF-8 bytes", () => {
  const state = new Int32Array(5);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      hashText(text, state);
      const hexadecimal = [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0"));
      expect(hexadecimal.join("")).toBe(createHash("sha1").update(text).digest("hex"));
    }),
  );
});

it("mixes a block by what its generator writes", () => {
  const source = readFileSync(new URL("sha1-block.gen.ts", import.meta.url), "utf8");

  expect(source).toBe(sha1BlockSource());
});
