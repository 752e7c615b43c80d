import { Pencil, Trash2 } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { Cell, HeadCell, Table } from "../../ui/table.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";
import { UsesList } from "./uses-list.tsx";
import { ValueShown } from "./value-shown.tsx";
import { VariationLabel } from "./variation-label.tsx";

export type OpenDialog =
  | { readonly dialog: "add" }
  | { readonly dialog: "edit" | "remove"; readonly index: number };

interface VariationsTableProps {
  /** Why nothing can be changed. */
  readonly unavailable: string | undefined;
  readonly onOpen: (dialog: OpenDialog) => void;
}

/** Each variation with its value and where it is used; on a phone the value stands below the name. */
export function VariationsTable(props: VariationsTableProps) {
  const { flag } = useFlagPage();
  return (
    <Table caption={t("variations.table")}>
      <thead>
        <tr>
          <HeadCell className="md:w-44 lg:w-60">{t("variations.name")}</HeadCell>
          <HeadCell className="max-md:hidden">{t("variations.value")}</HeadCell>
          <HeadCell>{t("variations.uses")}</HeadCell>
          <HeadCell>
            <span className="sr-only">{t("variations.actions")}</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {flag.variations.map(({ _id }, at) => (
          <VariationRow key={_id} index={at} {...props} />
        ))}
      </tbody>
    </Table>
  );
}

function VariationRow({
  index,
  unavailable,
  onOpen,
}: VariationsTableProps & { readonly index: number }) {
  const { flag } = useFlagPage();
  const variation = flag.variations[index];
  if (variation === undefined) return null;
  const name = nameAt(flag, index);
  return (
    <tr className="align-top">
      <Cell className="py-3">
        <VariationLabel index={index} />
        <div className="mt-1 md:hidden">
          <ValueShown value={variation.value} label={t("variations.valueOf", { name })} />
        </div>
        {variation.description !== undefined && (
          <p translate="no" className="mt-1 text-[13px] text-ink2">
            {variation.description}
          </p>
        )}
      </Cell>
      <Cell className="py-3 max-md:hidden">
        <ValueShown value={variation.value} label={t("variations.valueOf", { name })} />
      </Cell>
      <Cell className="py-3">
        <UsesList index={index} />
      </Cell>
      <Cell className="w-px py-2 text-right whitespace-nowrap">
        <IconButton
          label={t("variations.edit", { name })}
          unavailable={unavailable}
          onPress={() => onOpen({ dialog: "edit", index })}
        >
          <Pencil size={16} aria-hidden />
        </IconButton>
        {flag.kind !== "boolean" && (
          <IconButton
            label={t("variations.remove", { name })}
            unavailable={unavailable}
            onPress={() => onOpen({ dialog: "remove", index })}
          >
            <Trash2 size={16} aria-hidden />
          </IconButton>
        )}
      </Cell>
    </tr>
  );
}
