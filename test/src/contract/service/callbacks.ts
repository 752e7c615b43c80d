import type { BigSegmentStore, Detail, Hook, SeriesData } from "@halyard/sdk";
import { z } from "zod";
import type { HookConfiguration } from "./configuration.ts";

/** Posts to whoever tests; gives what is answered, and rejects where that is an error. */
export async function post(url: string, body: unknown): Promise<string> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return text;
}

/** Posts one after another, in the order of what happened. */
export class OrderedPosts {
  #last: Promise<void> = Promise.resolve();

  add(url: string, body: unknown): void {
    this.#last = this.#last
      .then(() => post(url, body))
      .then(() => undefined)
      // Whoever tests has gone; they miss the call themselves.
      .catch(() => undefined);
  }
}

const Metadata = z.object({ lastUpToDate: z.number().nullish() });
const Membership = z.object({ values: z.record(z.string(), z.boolean()).nullish() });

/** Big segments as the one who tests has them. */
export function bigSegmentCallbacks(callbackUri: string): BigSegmentStore {
  return {
    async lastUpToDate() {
      const said = Metadata.parse(JSON.parse(await post(`${callbackUri}/getMetadata`, {})));
      return said.lastUpToDate ?? undefined;
    },
    async membership(contextHash) {
      const answer = await post(`${callbackUri}/getMembership`, { contextHash });
      return Membership.parse(JSON.parse(answer)).values ?? undefined;
    },
  };
}

/** A hook that tells of each of its stages. */
export function hookCallbacks(hook: HookConfiguration, posts: OrderedPosts): Hook {
  const { name, callbackUri, data = {}, errors = {} } = hook;
  const fail = (stage: string): void => {
    const error = errors[stage];
    if (error !== undefined) throw new Error(error);
  };
  const tell = (stage: string, body: object): void => posts.add(callbackUri, { ...body, stage });
  return {
    getMetadata: () => ({ name }),
    beforeEvaluation(series, found): SeriesData {
      fail("beforeEvaluation");
      const told = { evaluationSeriesContext: series, evaluationSeriesData: found };
      tell("beforeEvaluation", told);
      return { ...found, ...data["beforeEvaluation"] };
    },
    afterEvaluation(series, found, { value, variationIndex, reason }: Detail<unknown>) {
      fail("afterEvaluation");
      tell("afterEvaluation", {
        evaluationSeriesContext: series,
        evaluationSeriesData: found,
        evaluationDetail: { value, variationIndex, reason },
      });
      return { ...found, ...data["afterEvaluation"] };
    },
    afterTrack(series) {
      fail("afterTrack");
      tell("afterTrack", { trackSeriesContext: series });
    },
  };
}
