import { useQueryClient } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatList } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { NamedEnvironment } from "./source.ts";
import { t } from "./text.ts";

const usualColor = "5f6f84";

/** Environments that the files speak of and the project has not: they can be made as the files say. */
export function MissingEnvironments(props: {
  readonly project: string;
  readonly missing: readonly NamedEnvironment[];
}) {
  const { project, missing } = props;
  const client = useQueryClient();
  const count = missing.length;
  const path = apiPath("projects", project, "environments");
  const create = useChange<void>({
    path: apiPath("projects", project),
    send: async () => {
      for (const { key, name, settings } of missing)
        await request("POST", path, { color: usualColor, ...settings, key, name });
      await client.invalidateQueries({ queryKey: ["import preview", project] });
    },
    done: () => t("import.missing.created", { count }),
    failed: () => t("import.missing.failed"),
  });
  return (
    <Notice tone="info">
      <div className="flex flex-wrap items-center gap-3">
        <Layers size={16} className="shrink-0 text-link" aria-hidden />
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-medium">
            {t("import.missing", { count, names: formatList(missing.map(({ key }) => key)) })}
          </p>
          <p className="text-[13px] text-ink2">{t("import.missing.words")}</p>
        </div>
        <Button
          isPending={create.isPending}
          unavailable={useUnavailable("createEnvironment", `proj/${project}:env/*`)}
          onPress={() => create.mutate()}
        >
          {t("import.missing.create", { count })}
        </Button>
      </div>
    </Notice>
  );
}
