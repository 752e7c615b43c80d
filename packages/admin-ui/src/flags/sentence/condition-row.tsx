import { X } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { PickToken } from "../../ui/pick-list.tsx";
import { AttributeToken } from "./attribute-token.tsx";
import { operatorInWords, operatorsFor, segmentOperators } from "./operator.ts";
import { type SeenIn, useSeenAttributes, useSeenValues } from "./seen.ts";
import { t } from "./text.ts";
import {
  type Condition,
  type Token,
  tokensOf,
  withAttribute,
  withOperator,
  withSegment,
} from "./tokens.ts";
import { ValuesToken } from "./values-token.tsx";

interface ConditionRowProps {
  readonly condition: Condition;
  /** From 0; the first begins the sentence. */
  readonly at: number;
  readonly seenIn: SeenIn;
  readonly onChange: (condition: Condition) => void;
  /** Absent where nothing can be changed. */
  readonly onRemove?: (() => void) | undefined;
  readonly isReadOnly?: boolean;
  /** It has just been added: what it is about is asked at once. */
  readonly isNew?: boolean;
}

/** A condition as a part of a sentence; every token of it can be changed where it stands. */
export function ConditionRow(props: ConditionRowProps) {
  const { condition, at, onRemove, isReadOnly = false } = props;
  return (
    <fieldset className="group/condition flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1.5">
      <legend className="sr-only">{t("sentence.condition", { at: at + 1 })}</legend>
      {tokensOf(condition, at === 0).map((token) => (
        <TokenOf key={token.type === "words" ? token.words : token.type} token={token} {...props} />
      ))}
      {onRemove !== undefined && !isReadOnly && (
        <IconButton
          label={t("sentence.condition.remove", { at: at + 1 })}
          onPress={onRemove}
          className="size-7"
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </fieldset>
  );
}

const words = { if: t("sentence.if"), and: t("sentence.and"), has: t("sentence.has") } as const;

function TokenOf({ token, ...props }: ConditionRowProps & { readonly token: Token }) {
  const { condition, seenIn, onChange, isReadOnly = false } = props;
  switch (token.type) {
    case "words":
      return <span className="text-ink2">{words[token.words]}</span>;
    case "kind":
      return <KindToken {...props} />;
    case "attribute":
      return (
        <AttributeToken
          condition={condition}
          seenIn={seenIn}
          isReadOnly={isReadOnly}
          isOpenAtFirst={props.isNew ?? false}
          onAttribute={(attribute) => onChange(withAttribute(condition, attribute))}
          onSegment={() => onChange(withSegment(condition))}
        />
      );
    case "operator":
      return <OperatorToken {...props} />;
    case "values":
      return (
        <ValuesToken
          condition={condition}
          seenIn={seenIn}
          isReadOnly={isReadOnly}
          onChange={(values) => onChange({ ...condition, values })}
        />
      );
    default:
      return token satisfies never;
  }
}

function KindToken({ condition, seenIn, onChange, isReadOnly = false }: ConditionRowProps) {
  const { contextKind = "user" } = condition;
  const { kinds } = useSeenAttributes(seenIn);
  const all = [...new Set(["user", ...kinds, contextKind])];
  return (
    <PickToken
      label={t("sentence.kind")}
      groups={[{ picks: all.map((kind) => ({ id: kind, label: kind, isName: true })) }]}
      selected={contextKind}
      isDisabled={isReadOnly}
      other={(typed) => t("sentence.attribute.use", { name: typed })}
      onPick={(kind) => onChange({ ...condition, contextKind: kind })}
    >
      <span translate="no">{contextKind}</span>
    </PickToken>
  );
}

function OperatorToken({ condition, seenIn, onChange, isReadOnly = false }: ConditionRowProps) {
  const { contextKind = "user", attribute, op, negate, values } = condition;
  const seen = useSeenValues(seenIn, { kind: contextKind, attribute });
  const samples = seen.map(({ value }) => value);
  const groups =
    op === "segmentMatch"
      ? segmentOperators()
      : operatorsFor([...samples, ...values], values.length);
  const spoken = operatorInWords({ op, negate }, values.length);
  const idOf = (sense: { readonly op: string; readonly negate: boolean }) =>
    `${sense.op} ${String(sense.negate)}`;
  return (
    <PickToken
      label={t("sentence.operator")}
      groups={groups.map(({ label, choices }) => ({
        label,
        picks: choices.map((choice) => ({ id: idOf(choice), label: choice.label })),
      }))}
      selected={idOf({ op, negate })}
      isDisabled={isReadOnly}
      onPick={(id) => {
        const choice = groups.flatMap(({ choices }) => choices).find((one) => idOf(one) === id);
        if (choice !== undefined) onChange(withOperator(condition, choice.op, choice.negate));
      }}
    >
      {spoken}
    </PickToken>
  );
}
