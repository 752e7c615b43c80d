import { Check, Minus, Plus, Trash2, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PickList } from "../ui/pick-list.tsx";
import { Popover } from "../ui/popover.tsx";
import { HeadCell, Table } from "../ui/table.tsx";
import {
  type Cell,
  type Column,
  cellOf,
  columns,
  countUnshown,
  nextOf,
  rowsOf,
  withCell,
  withoutRow,
} from "./permission-table.ts";
import { resourceExamples } from "./resource-examples.ts";
import { resourceWords } from "./resource-words.ts";
import type { Statement } from "./statement.ts";
import { t } from "./text.ts";

interface PermissionGridProps {
  readonly policy: readonly Statement[];
  readonly onChange: (policy: readonly Statement[]) => void;
  readonly isDisabled: boolean;
}

/** Resources by groups of actions over the same statements: a press goes from nothing to allow to deny. */
export function PermissionGrid({ policy, onChange, isDisabled }: PermissionGridProps) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const rows = [...new Set([...rowsOf(policy), ...added])];
  const unshown = countUnshown(policy);
  return (
    <Card
      title={t("grid.title")}
      actions={
        <AddRow
          rows={rows}
          isDisabled={isDisabled}
          onAdd={(row) => setAdded((some) => [...some, row])}
        />
      }
    >
      <p className="mb-3 text-[13px] text-ink3">{t("grid.words")}</p>
      {rows.length === 0 ? (
        <p className="py-3 text-center text-ink2">{t("grid.empty")}</p>
      ) : (
        <Table caption={t("grid.title")}>
          <thead>
            <tr>
              <HeadCell>{t("grid.resource")}</HeadCell>
              {columns.map((column) => (
                <HeadCell key={column} className="px-1 text-center">
                  {t(`grid.column.${column}`)}
                </HeadCell>
              ))}
              <HeadCell>
                <span className="sr-only">{t("grid.actions")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row}
                row={row}
                policy={policy}
                isDisabled={isDisabled}
                onChange={onChange}
                onRemove={() => {
                  setAdded((some) => some.filter((one) => one !== row));
                  onChange(withoutRow(policy, row));
                }}
              />
            ))}
          </tbody>
        </Table>
      )}
      {unshown > 0 && (
        <p className="mt-2 text-[13px] text-ink3">{t("grid.unshown", { count: unshown })}</p>
      )}
    </Card>
  );
}

interface RowProps extends PermissionGridProps {
  readonly row: string;
  readonly onRemove: () => void;
}

function Row({ row, policy, onChange, isDisabled, onRemove }: RowProps) {
  const words = resourceWords(row);
  return (
    <tr>
      <th scope="row" className="min-w-44 px-3 py-1.5 font-medium">
        <span className="block first-letter:uppercase">{words}</span>
        {words !== row && (
          <code translate="no" className="block text-xs font-normal break-all text-ink3">
            {row}
          </code>
        )}
      </th>
      {columns.map((column) => (
        <td key={column} className="px-1 text-center">
          <CellButton
            cell={cellOf(policy, row, column)}
            column={column}
            words={words}
            isDisabled={isDisabled}
            onPress={() =>
              onChange(withCell(policy, { row, column }, nextOf(cellOf(policy, row, column))))
            }
          />
        </td>
      ))}
      <td className="px-1 text-right">
        <IconButton
          label={t("grid.remove", { resource: words })}
          isDisabled={isDisabled}
          onPress={onRemove}
        >
          <Trash2 size={16} aria-hidden />
        </IconButton>
      </td>
    </tr>
  );
}

interface CellButtonProps {
  readonly cell: Cell;
  readonly column: Column;
  readonly words: string;
  readonly isDisabled: boolean;
  readonly onPress: () => void;
}

const looks = {
  allow: "bg-onbg text-on",
  deny: "bg-dangerbg text-danger",
  some: "bg-sunken text-ink2",
  nothing: "text-ink3 hover:bg-sunken",
} as const;

function CellButton({ cell, column, words, isDisabled, onPress }: CellButtonProps) {
  const isInherited = "isInherited" in cell && cell.isInherited;
  const state = isInherited ? t(`grid.inherited.${cell.says}`) : t(`grid.says.${cell.says}`);
  const Icon = { allow: Check, deny: X, some: Minus, nothing: undefined }[cell.says];
  return (
    <button
      type="button"
      disabled={isDisabled}
      onClick={onPress}
      title={state}
      aria-label={t("grid.cell", { what: t(`grid.column.${column}`), resource: words, state })}
      className={`grid h-8 w-full min-w-10 place-items-center rounded-md border pointer-coarse:h-11 ${looks[cell.says]} ${isInherited ? "border-dashed border-current/40" : cell.says === "nothing" ? "border-line" : "border-current/40"}`}
    >
      {Icon === undefined ? (
        <span aria-hidden="true">·</span>
      ) : (
        <Icon size={16} strokeWidth={isInherited ? 1.75 : 2.75} aria-hidden />
      )}
    </button>
  );
}

interface AddRowProps {
  readonly rows: readonly string[];
  readonly isDisabled: boolean;
  readonly onAdd: (row: string) => void;
}

function AddRow({ rows, isDisabled, onAdd }: AddRowProps) {
  const picks = resourceExamples
    .filter((one) => !rows.includes(one))
    .map((id) => ({ id, label: resourceWords(id), description: id }));
  return (
    <Popover
      label={t("grid.add")}
      isBare
      isAtEnd
      button={
        <Button icon={<Plus size={16} aria-hidden />} isDisabled={isDisabled}>
          {t("grid.add")}
        </Button>
      }
    >
      {(close) => (
        <div className="w-80 max-w-full">
          <PickList
            label={t("grid.add")}
            placeholder={t("grid.add.placeholder")}
            groups={[{ picks }]}
            selected={[]}
            other={(typed) => t("grid.add.other", { resource: typed })}
            onPick={(row) => {
              close();
              if (!rows.includes(row)) onAdd(row);
            }}
          />
        </div>
      )}
    </Popover>
  );
}
