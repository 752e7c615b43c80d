import { afterAll, expect, it } from "vitest";
import { Fuzzing } from "./fuzzing.ts";

/** Requests of each operation. */
const count = Number(process.env["HALYARD_FUZZ"] ?? 15);
const seed = Number(process.env["HALYARD_FUZZ_SEED"] ?? 1);
const timeout = 60_000 + count * 1000;
const fuzzing = await Fuzzing.start();
afterAll(() => fuzzing[Symbol.asyncDispose]());

it.each(fuzzing.operations.map((operation) => [operation.name, operation] as const))(
  "%s answers whatever it is asked as it is described",
  async (_, operation) => {
    const problems = await fuzzing.problemsOf(operation, { count, seed });

    expect(problems).toEqual([]);
  },
  timeout,
);

it("reads all that is there after that", async () => {
  expect(await fuzzing.unreadable()).toEqual([]);
});
