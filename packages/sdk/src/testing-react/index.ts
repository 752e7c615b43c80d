"use client";

export { TestFlags, type TestFlagsProps } from "./test-flags.ts";
