"use client";

export {
  FlagsProvider,
  type FlagsProviderProps,
  useFlag,
  useFlagDetail,
  useFlags,
  useFlagsClient,
  useVariation,
} from "./flags.ts";
