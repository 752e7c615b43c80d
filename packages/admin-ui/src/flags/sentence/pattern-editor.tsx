import { useEffect, useState } from "react";
import { loadPatterns } from "../../patterns/pattern.ts";
import { Button } from "../../ui/button.tsx";
import { ChipsField } from "../../ui/chips-field.tsx";
import { TextField } from "../../ui/field.tsx";
import { useSeenValues } from "./seen.ts";
import { t } from "./text.ts";
import type { ValuesProps } from "./values-props.ts";

/** What evaluates regular expressions, as SDKs do; it comes when it is needed. */
type Evaluation = typeof import("@halyard/evaluation");

/** Regular expressions, tried on texts before they are used. */
export function PatternEditor({ condition, seenIn, onChange }: ValuesProps) {
  const { contextKind = "user", attribute, values } = condition;
  const [pattern, setPattern] = useState("");
  const evaluation = useEvaluation();
  const problem = pattern === "" ? undefined : evaluation?.problemOfPattern(pattern);
  const known = values.filter((value) => typeof value === "string");
  const seen = useSeenValues(seenIn, { kind: contextKind, attribute });
  const [sample, setSample] = useState("");
  const tried = [...(pattern === "" ? [] : [pattern]), ...known];
  const texts = seen.map(({ value }) => value).filter((value) => typeof value === "string");
  function add() {
    if (pattern === "" || problem !== undefined) return;
    onChange([...known.filter((one) => one !== pattern), pattern]);
    setPattern("");
  }
  return (
    <div className="space-y-3">
      {known.length > 0 && (
        <ChipsField
          label={t("sentence.values")}
          isLabelHidden
          values={known}
          onChange={onChange}
          accept={(typed) => {
            const wrong = evaluation?.problemOfPattern(typed);
            return wrong === undefined
              ? { value: typed }
              : { problem: t("sentence.pattern.problem", { problem: wrong }) };
          }}
        />
      )}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={t("sentence.pattern")}
          isMono
          value={pattern}
          onChange={setPattern}
          description={t("sentence.pattern.note")}
          error={problem === undefined ? undefined : t("sentence.pattern.problem", { problem })}
          className="flex-1"
        />
      </form>
      <Button onPress={add} isDisabled={pattern === "" || problem !== undefined}>
        {t("sentence.pattern.add")}
      </Button>
      <TextField label={t("sentence.pattern.try")} isMono value={sample} onChange={setSample} />
      {evaluation !== undefined && tried.length > 0 && (
        <ul className="max-h-36 space-y-1 overflow-y-auto text-[13px]">
          {[...(sample === "" ? [] : [sample]), ...texts.slice(0, 8)].map((text) => (
            <Tried
              key={text}
              text={text}
              isMatch={tried.some((one) => matches(evaluation, one, text))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Tried({ text, isMatch }: { readonly text: string; readonly isMatch: boolean }) {
  return (
    <li className="flex items-center gap-2">
      <span aria-hidden="true" className={isMatch ? "text-on" : "text-ink3"}>
        {isMatch ? "✓" : "–"}
      </span>
      <span translate="no" className="min-w-0 truncate font-mono">
        {text}
      </span>
      <span className="ml-auto text-xs text-ink2">
        {isMatch ? t("sentence.pattern.fits") : t("sentence.pattern.misses")}
      </span>
    </li>
  );
}

function useEvaluation(): Evaluation | undefined {
  const [evaluation, setEvaluation] = useState<Evaluation>();
  useEffect(() => {
    let isShown = true;
    void Promise.all([import("@halyard/evaluation"), loadPatterns()]).then(([loaded]) => {
      if (isShown) setEvaluation(loaded);
    });
    return () => {
      isShown = false;
    };
  }, []);
  return evaluation;
}

/** Asked of the evaluation itself, by a flag that has nothing but the condition. */
function matches(evaluation: Evaluation, pattern: string, text: string): boolean {
  const context = evaluation.parseContext({ kind: "user", key: "sample", text });
  if (evaluation.isContextError(context)) return false;
  const clause = { contextKind: "user", attribute: "text", op: "matches", values: [pattern] };
  const flag = {
    key: "sample",
    version: 1,
    on: true,
    variations: [false, true],
    rules: [{ variation: 1, clauses: [clause] }],
    fallthrough: { variation: 0 },
  };
  const nothing = { flag: () => undefined, segment: () => undefined };
  return evaluation.evaluate(flag, context, nothing).value === true;
}
