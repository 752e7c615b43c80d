import type { ExplanationStep } from "@halyard/evaluation";
import { useState } from "react";
import type { Evaluation, FeatureFlag, Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { VariationName } from "./split-bar.tsx";
import { stepSentence } from "./step-sentence.ts";

const example = '{ "kind": "user", "key": "ada", "country": "DE" }';

/** Asks the server what a context would get, and shows each step that leads there. */
export function TryIt(props: {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: string;
}) {
  const { project, flag, environment } = props;
  const [context, setContext] = useState(example);
  const [answer, setAnswer] = useState<Evaluation>();
  const [problem, setProblem] = useState<string>();
  async function ask() {
    try {
      const filter = encodeURIComponent(`key equals "${flag.key}"`);
      const path = `/api/v2/projects/${project}/environments/${environment}/flags/evaluate?filter=${filter}`;
      const { items } = await request<Items<Evaluation>>("POST", path, JSON.parse(context));
      setAnswer(items[0]);
      setProblem(undefined);
    } catch (error) {
      setAnswer(undefined);
      setProblem(
        error instanceof SyntaxError
          ? "The context is not JSON."
          : String(error instanceof Error ? error.message : error),
      );
    }
  }
  return (
    <section
      aria-label="What would they get?"
      className="self-start rounded-lg border border-line bg-surface"
    >
      <h2 className="border-b border-line p-3 font-semibold">What would they get?</h2>
      <div className="space-y-3 p-3">
        <label className="block text-[13px] text-ink2">
          Context
          <textarea
            value={context}
            onChange={(event) => setContext(event.target.value)}
            spellCheck={false}
            rows={3}
            className="mt-1 block w-full rounded-md border border-line2 bg-sunken p-2 font-mono text-[13px] text-ink"
          />
        </label>
        <button
          type="button"
          onClick={() => void ask()}
          className="h-8 rounded-md bg-primary px-3 font-semibold text-onprimary"
        >
          Ask
        </button>
        <div role="status">
          {problem !== undefined && (
            <p className="rounded-md bg-dangerbg p-2 text-danger">{problem}</p>
          )}
          {answer !== undefined && <Answer flag={flag} answer={answer} />}
        </div>
      </div>
    </section>
  );
}

function Answer({ flag, answer }: { readonly flag: FeatureFlag; readonly answer: Evaluation }) {
  return (
    <>
      <p className="rounded-md bg-pathbg p-3">
        <VariationName flag={flag} index={answer.variationIndex ?? undefined} />{" "}
        <code className="ml-2 font-mono text-[13px]">{JSON.stringify(answer._value)}</code>
      </p>
      <ol className="mt-3 space-y-1.5 text-[13px] text-ink2">
        {answer.steps.map((step: ExplanationStep, at) => (
          // Steps are never moved: their place is what they are known by.
          // biome-ignore lint/suspicious/noArrayIndexKey: a path has an order, and nothing else.
          <li key={at}>{stepSentence(step)}</li>
        ))}
      </ol>
    </>
  );
}
