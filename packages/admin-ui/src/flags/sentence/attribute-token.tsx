import { UsersRound } from "lucide-react";
import { formatShare } from "../../text/format.ts";
import { type PickGroup, PickList, TokenButton } from "../../ui/pick-list.tsx";
import { Popover } from "../../ui/popover.tsx";
import { comparedBy } from "./operator.ts";
import { type SeenIn, useSamples, useSeenAttributes } from "./seen.ts";
import { t } from "./text.ts";
import type { Condition } from "./tokens.ts";
import { shownValue } from "./values.ts";

interface AttributeTokenProps {
  readonly condition: Condition;
  readonly seenIn: SeenIn;
  readonly isReadOnly: boolean;
  readonly isOpenAtFirst: boolean;
  readonly onAttribute: (attribute: string) => void;
  readonly onSegment: () => void;
}

const segmentId = " segment";
/** Samples are asked for so many attributes; the rest is known by its share. */
const sampledAtMost = 12;

/** What of a context a condition is about: an attribute that contexts have here, another one, or a segment. */
export function AttributeToken(props: AttributeTokenProps) {
  const { attribute, op } = props.condition;
  const isSegment = comparedBy(op) === "segment";
  const shown = isSegment ? t("sentence.attribute.isSegment") : attribute;
  const isEmpty = shown === "";
  return (
    <Popover
      label={t("sentence.attribute")}
      isBare
      isOpenAtFirst={props.isOpenAtFirst}
      button={
        <TokenButton
          what={t("sentence.attribute")}
          isDisabled={props.isReadOnly}
          isEmpty={isEmpty}
          takesFocus={props.isOpenAtFirst}
        >
          {isEmpty ? (
            t("sentence.attribute.choose")
          ) : (
            <span {...(isSegment ? {} : { translate: "no" as const })}>{shown}</span>
          )}
        </TokenButton>
      }
    >
      {(close) => <AttributeList {...props} isSegment={isSegment} close={close} />}
    </Popover>
  );
}

/** Samples are asked for while it is open, and not before. */
function AttributeList(
  props: AttributeTokenProps & { readonly isSegment: boolean; readonly close: () => void },
) {
  const { condition, seenIn, isSegment, close } = props;
  const { contextKind = "user", attribute } = condition;
  return (
    <div className="w-80 max-w-full">
      <PickList
        label={t("sentence.attribute")}
        placeholder={t("sentence.attribute.find")}
        empty={t("sentence.attribute.none")}
        groups={useAttributeChoices(seenIn, contextKind)}
        selected={[isSegment ? segmentId : attribute]}
        other={(typed) =>
          `${t("sentence.attribute.use", { name: typed })} (${t("sentence.attribute.notSeen")})`
        }
        onPick={(id) => {
          close();
          if (id === segmentId) props.onSegment();
          else props.onAttribute(id);
        }}
      />
    </div>
  );
}

function useAttributeChoices(seenIn: SeenIn, kind: string): readonly PickGroup[] {
  const attributes = useSeenAttributes(seenIn).attributesOf(kind);
  const names = attributes.slice(0, sampledAtMost).map(({ name }) => name);
  const samples = useSamples(seenIn, { kind, attributes: names });
  const picks = attributes.map(({ name, share }) => {
    const values = samples.get(name)?.map(shownValue) ?? [];
    const words = t("sentence.attribute.share", { share: formatShare(share) });
    return {
      id: name,
      label: name,
      isName: true,
      description: (
        <>
          {words}
          {values.length > 0 && (
            <span translate="no" className="font-mono">
              {" · "}
              {values.join(", ")}
            </span>
          )}
        </>
      ),
    };
  });
  return [
    { picks },
    {
      picks: [
        {
          id: segmentId,
          label: t("sentence.attribute.isSegment"),
          description: t("sentence.attribute.isSegment.words"),
          icon: <UsersRound size={14} className="text-ink3" aria-hidden />,
        },
      ],
    },
  ];
}
