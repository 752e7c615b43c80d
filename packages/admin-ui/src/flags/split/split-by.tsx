import type { Split } from "@halyard/instructions";
import { PickToken, TokenButton } from "../../ui/pick-list.tsx";
import { Popover } from "../../ui/popover.tsx";
import { type SeenIn, useSeenAttributes } from "../sentence/seen.ts";
import { t as sentence } from "../sentence/text.ts";
import { t } from "./text.ts";

interface SplitByProps {
  readonly split: Split;
  readonly seenIn: SeenIn;
  readonly onChange: (split: Split) => void;
  readonly isReadOnly: boolean;
}

/** By what contexts are kept together: an attribute of one of their kinds. */
export function SplitBy({ split, seenIn, onChange, isReadOnly }: SplitByProps) {
  const { contextKind: kind = "user", bucketBy: attribute = "key" } = split;
  const { kinds, attributesOf } = useSeenAttributes(seenIn);
  const names = [...new Set(["key", attribute, ...attributesOf(kind).map(({ name }) => name)])];
  const allKinds = [...new Set(["user", kind, ...kinds])];
  const asPicks = (ids: readonly string[]) => ids.map((id) => ({ id, label: id, isName: true }));
  const other = (typed: string) => sentence("sentence.attribute.use", { name: typed });
  return (
    <Popover
      label={t("split.by")}
      button={
        <TokenButton what={t("split.by")} isDisabled={isReadOnly}>
          <span translate="no">{t("split.by.shown", { kind, attribute })}</span>
        </TokenButton>
      }
    >
      <div className="w-72 max-w-full space-y-3">
        <div className="flex flex-wrap items-center gap-2">
          <PickToken
            label={t("split.by.kind")}
            groups={[{ picks: asPicks(allKinds) }]}
            selected={kind}
            other={other}
            onPick={(contextKind) => onChange({ ...split, contextKind })}
          >
            <span translate="no">{kind}</span>
          </PickToken>
          <PickToken
            label={t("split.by.attribute")}
            groups={[{ picks: asPicks(names) }]}
            selected={attribute}
            other={other}
            onPick={(bucketBy) => onChange(withBucketBy(split, bucketBy))}
          >
            <span translate="no">{attribute}</span>
          </PickToken>
        </div>
        <p className="text-xs text-ink2">{t("split.by.note")}</p>
      </div>
    </Popover>
  );
}

/** The key is what is split by where nothing is said. */
function withBucketBy(split: Split, bucketBy: string): Split {
  const { bucketBy: _, ...rest } = split;
  return bucketBy === "key" ? rest : { ...rest, bucketBy };
}
