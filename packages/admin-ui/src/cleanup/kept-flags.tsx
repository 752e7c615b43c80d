import { Link } from "@tanstack/react-router";
import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatDay } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { dayOf, type KeptFlag, keepingNoLonger, keepingUntil } from "./keep.ts";
import { t } from "./text.ts";

/** Flags that are off the board for now, and until when. */
export function KeptFlags(props: { readonly project: string; readonly kept: readonly KeptFlag[] }) {
  const { project, kept } = props;
  return (
    <Card title={t("cleanup.kept.title")} className="mt-4">
      <ul className="divide-y divide-line">
        {kept.map((flag) => (
          <Kept key={flag.key} project={project} flag={flag} />
        ))}
      </ul>
    </Card>
  );
}

function Kept({ project, flag }: { readonly project: string; readonly flag: KeptFlag }) {
  const { key, name, until } = flag;
  const path = apiPath("flags", project, key);
  const property = t("cleanup.keep.property");
  const change = useChange<void>({
    path: apiPath("projects", project, "cleanup"),
    send: () => semanticPatch(path, { instructions: [keepingNoLonger(property)] }),
    undo: () => semanticPatch(path, { instructions: [keepingUntil(dayOf(until), property)] }),
    done: () => t("cleanup.kept.ended", { name }),
    failed: () => t("cleanup.keep.failed", { name }),
  });
  const resource = `proj/${project}:env/*:flag/${key}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
      <span className="min-w-0 flex-1 basis-48">
        <Link
          to="/p/$project/flags/$flag/targeting"
          params={{ project, flag: key }}
          translate="no"
          className="font-medium wrap-anywhere hover:underline"
        >
          {name}
        </Link>
      </span>
      <span className="text-[13px] text-ink2">
        {t("cleanup.kept.until", { day: formatDay(until) })}
      </span>
      <Button
        look="quiet"
        isPending={change.isPending}
        unavailable={useUnavailable("updateFlagCustomProperties", resource)}
        onPress={() => change.mutate()}
        aria-label={t("cleanup.kept.end.of", { name })}
      >
        {t("cleanup.kept.end")}
      </Button>
    </li>
  );
}
