import { expect, it } from "vitest";
import { formatSize } from "./size.ts";

it.each([
  [0, "0 kB"],
  [4_096, "4 kB"],
  [1_536_000, "1.5 MB"],
  [220_000_000, "220 MB"],
  [3_210_000_000, "3.2 GB"],
])("%d bytes are %s", (bytes, words) => {
  expect(formatSize(bytes)).toBe(words);
});
