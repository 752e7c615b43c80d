import { clauseSentence } from "@halyard/instructions";
import type { FeatureFlag } from "../api/representations.ts";
import { SplitBar, VariationName } from "./split-bar.tsx";

/** Who gets what in an environment, in the order it is decided, in plain sentences. */
export function Targeting({
  flag,
  environment,
}: {
  readonly flag: FeatureFlag;
  readonly environment: string;
}) {
  const configuration = flag.environments?.[environment];
  if (configuration === undefined)
    return <p className="text-ink2">The flag has nothing in {environment} yet.</p>;
  const { on, targets, rules, fallthrough, offVariation, prerequisites } = configuration;
  const card = "rounded-lg border border-line bg-surface p-4";
  return (
    <>
      {!on && (
        <p className="mb-3 rounded-lg border border-line2 bg-sunken p-3">
          Off: everyone gets <VariationName flag={flag} index={offVariation} />. The rules below
          wait.
        </p>
      )}
      <ol className="space-y-3">
        {prerequisites?.map(({ key }) => (
          <li key={key} className={card}>
            Only if the flag <b className="font-mono text-[13px]">{key}</b> serves what is required
            of it
          </li>
        ))}
        {targets?.map(({ values, variation }) => (
          <li key={variation} className={card}>
            {values.join(", ")} {values.length === 1 ? "gets" : "get"}{" "}
            <VariationName flag={flag} index={variation} />
          </li>
        ))}
        {rules?.map((rule, at) => (
          <li key={rule._id} className={`${card} flex gap-3`}>
            <span className="grid size-6 shrink-0 place-items-center rounded-md bg-sunken text-xs font-semibold text-ink2">
              {at + 1}
            </span>
            <div className="min-w-0 flex-1">
              {rule.description !== undefined && (
                <b className="mb-1 block font-semibold">{rule.description}</b>
              )}
              <p>
                If the user&rsquo;s{" "}
                {rule.clauses.map((clause) => clauseSentence(clause)).join(" and ")}, they get
              </p>
              <div className="mt-3 border-t border-line pt-3">
                <SplitBar flag={flag} serving={rule} />
              </div>
            </div>
          </li>
        ))}
        <li className={card}>
          <p className="mb-2">
            <b className="font-semibold">Everyone else</b> gets
          </p>
          <SplitBar flag={flag} serving={fallthrough} />
        </li>
      </ol>
      <p className="mt-3 text-ink2">
        When off, everyone gets <VariationName flag={flag} index={offVariation} />.
      </p>
    </>
  );
}
