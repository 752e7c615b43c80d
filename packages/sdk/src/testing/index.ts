export { flagsForPage, flagsForTest } from "./fixtures.ts";
export {
  combinations,
  type TestControls,
  type TestFlags,
  type TestValues,
  testFlags,
} from "./test-flags.ts";
export type { Match } from "./test-source.ts";
