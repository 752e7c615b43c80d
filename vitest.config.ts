import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Without this, tests that a build has copied to dist/ run a second time.
    include: ["packages/*/src/**/*.test.{ts,tsx}", "test/src/**/*.test.ts"],
    // A browser test keeps one core busy with its server and leaves the other to the browser: two fill both.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
