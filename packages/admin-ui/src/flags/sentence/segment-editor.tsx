import { PickList } from "../../ui/pick-list.tsx";
import { useSegments } from "./seen.ts";
import { t } from "./text.ts";
import type { ValuesProps } from "./values-props.ts";

/** Which segments of the environment; several count as any of them. */
export function SegmentEditor({ condition, seenIn, onChange }: ValuesProps) {
  const { values } = condition;
  const segments = useSegments(seenIn);
  const selected = values.filter((value) => typeof value === "string");
  return (
    <PickList
      label={t("sentence.segment.find")}
      empty={t("sentence.segment.none")}
      groups={[
        {
          picks: segments.map(({ key, name }) => ({
            id: key,
            label: name,
            isName: true,
            description: (
              <span translate="no" className="font-mono">
                {key}
              </span>
            ),
          })),
        },
      ]}
      selected={selected}
      onPick={(key) =>
        onChange(values.includes(key) ? values.filter((one) => one !== key) : [...values, key])
      }
    />
  );
}
