import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Without this, tests that a build has copied to dist/ run a second time.
    include: ["packages/*/src/**/*.test.{ts,tsx}", "test/src/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
