import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Download, Ellipsis, GitCompareArrows } from "lucide-react";
import type { Environment } from "../../api/representations.ts";
import { IconButton } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { sayFailure } from "../../ui/toast.tsx";
import { csvOf } from "./csv.ts";
import { flagPage, flagPagePath } from "./flag-page.ts";
import type { ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";

interface ListMenuProps {
  readonly project: string;
  readonly parameters: URLSearchParams | undefined;
  readonly environments: readonly Environment[];
}

const exportedAtOnce = 500;

/** What is done seldom with the whole list. */
export function ListMenu({ project, parameters, environments }: ListMenuProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  async function everything(): Promise<readonly ListedFlag[]> {
    const flags: ListedFlag[] = [];
    for (;;) {
      const place = { offset: flags.length, limit: exportedAtOnce };
      const path = flagPagePath(project, parameters ?? new URLSearchParams(), place);
      const { items, totalCount } = await client.fetchQuery({ ...flagPage(path), gcTime: 0 });
      flags.push(...items);
      if (items.length === 0 || flags.length >= totalCount) return flags;
    }
  }
  async function exportAll() {
    try {
      save(`${project}-flags.csv`, csvOf(await everything(), environments));
    } catch (error) {
      sayFailure(t("more.csv.failed"), error instanceof Error ? error.message : String(error));
    }
  }
  const [one, other] = environments.slice(-2);
  const comparing =
    one === undefined || other === undefined
      ? []
      : [
          {
            id: "compare",
            label: t("more.compare"),
            description: t("more.compare.words", { one: one.name, other: other.name }),
            icon: <GitCompareArrows size={14} aria-hidden />,
            onPress: () =>
              void navigate({ to: ".", search: { compare: `${one.key},${other.key}` } }),
          },
        ];
  return (
    <Menu
      label={t("more.label")}
      isAtEnd
      sections={[
        {
          entries: [
            ...comparing,
            {
              id: "csv",
              label: t("more.csv"),
              description: t("more.csv.words"),
              icon: <Download size={14} aria-hidden />,
              onPress: () => void exportAll(),
            },
          ],
        },
      ]}
    >
      <IconButton label={t("more.label")} look="secondary">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </Menu>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
