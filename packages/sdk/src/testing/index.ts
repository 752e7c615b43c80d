export type { FlagKey, FlagTypes, FlagValues } from "../flag-types.ts";
export { flagsForPage, flagsForTest } from "./fixtures.ts";
export {
  combinations,
  type TestControls,
  type TestFlags,
  testFlags,
} from "./test-flags.ts";
export type { Match } from "./test-source.ts";
