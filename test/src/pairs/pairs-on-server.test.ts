import type { Json, Reason } from "@halyard/evaluation";
import { expect, it } from "vitest";
import { Management } from "../management.ts";
import { ServerProcess } from "../server-process.ts";
import type { Answers, ArrivedFlags } from "./answer.ts";
import { type Difference, differenceOf } from "./difference.ts";
import { exportOf } from "./export.ts";
import { randomVectors } from "./random-vectors.ts";

interface ServedEnvironment {
  readonly _id: string;
  readonly mobileKey: string;
}

interface ServedResult {
  readonly value: Json;
  readonly variation?: number;
  readonly reason: Reason;
  readonly prerequisites?: readonly string[];
}

/** Puts a set into a project of its own. */
async function takeIn(
  management: Management,
  project: string,
  set: ArrivedFlags,
): Promise<ServedEnvironment> {
  await management.createProject(project, ["production"]);
  const { refused } = await management.import(project, {
    format: "launchdarkly",
    environmentKey: "production",
    documents: exportOf(set, "production"),
  });
  expect(refused).toEqual([]);
  const path = `/api/v2/projects/${project}/environments/production`;
  // As REST shows an environment.
  return (await management.ask("GET", path)) as ServedEnvironment;
}

/** What the server says to a page, or with a body to a phone; undefined where it refuses the context. */
async function served(
  url: string,
  { _id, mobileKey }: ServedEnvironment,
  { context, isPhone }: { readonly context: object; readonly isPhone: boolean },
): Promise<Answers> {
  const json = JSON.stringify(context);
  const response = isPhone
    ? await fetch(`${url}/msdk/evalx/context?withReasons=true`, {
        method: "REPORT",
        headers: { authorization: mobileKey, "content-type": "application/json" },
        body: json,
      })
    : await fetch(
        `${url}/sdk/evalx/${_id}/contexts/${Buffer.from(json).toString("base64url")}?withReasons=true`,
      );
  if (response.status === 400) return undefined;
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const results = (await response.json()) as Readonly<Record<string, ServedResult>>;
  return new Map(
    Object.entries(results).map(([key, { value, variation, reason, prerequisites }]) => [
      key,
      { value, variationIndex: variation ?? null, reason, prerequisites: prerequisites ?? [] },
    ]),
  );
}

it("evaluates for pages and phones as in Node: random flags for random contexts", async () => {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  const differences: Difference[] = [];
  let results = 0;
  const vectors = randomVectors({ seed: 1, wildness: "sound", sets: 20, contexts: 250 });
  for (const [index, { set, cases }] of vectors.entries()) {
    const environment = await takeIn(management, `set-${index}`, set);
    for (const [at, { context, answers }] of cases.entries()) {
      const got = await served(server.url, environment, { context, isPhone: at % 2 === 1 });
      results += got?.size ?? 0;
      const expected = answers === null ? undefined : new Map(answers);
      const difference = differenceOf({ set, context }, expected, got);
      if (difference !== undefined) differences.push(difference);
    }
  }

  expect(differences.slice(0, 3)).toEqual([]);
  expect(results).toBeGreaterThanOrEqual(20_000);
}, 300_000);
