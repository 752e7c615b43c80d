import { expect, it } from "vitest";
import { DueWorker } from "./due-work.ts";

it("does every kind of work, also where one fails, and says which failed", async () => {
  const done: string[] = [];
  const failures: unknown[] = [];
  const worker = new DueWorker(
    [
      {
        name: "tidying up",
        run: () => Promise.reject(new Error("the broom is gone")),
      },
      {
        name: "watering",
        run: () => {
          done.push("watering");
          return Promise.resolve();
        },
      },
    ],
    (error) => failures.push(error),
  );

  await worker.runDue();
  await worker.close();

  expect(done).toEqual(["watering"]);
  expect(failures).toMatchObject([
    { message: "tidying up failed; it is tried again", cause: { message: "the broom is gone" } },
  ]);
});

it("never does the same work twice at once", async () => {
  let running = 0;
  let most = 0;
  const work = {
    name: "counting",
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    },
  };
  const worker = new DueWorker([work], () => undefined);

  await Promise.all([worker.runDue(), worker.runDue(), worker.runDue()]);
  await worker.close();

  expect(most).toBe(1);
});
