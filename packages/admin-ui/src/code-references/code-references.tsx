import { Badge } from "../ui/badge.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { countOf, namingsIn } from "./code-reference.ts";
import { useExtinctions, useRepositories } from "./code-reference-queries.ts";
import { Extinctions } from "./extinctions.tsx";
import { RepositoryCard } from "./repository-card.tsx";
import { t } from "./text.ts";

interface CodeReferencesProps {
  readonly project: string;
  readonly flag: string;
}

/** Where code names the flag, as scanners found it, and when it stopped doing so. */
export function CodeReferences({ project, flag }: CodeReferencesProps) {
  const { data, error, refetch } = useRepositories(project, flag);
  const extinctions = useExtinctions(project, flag).data?.items ?? {};
  const namings = namingsIn(data?.items ?? []);
  return (
    <section aria-labelledby="code-references" className="space-y-3">
      <h2 id="code-references" className="flex items-center gap-2 text-base font-semibold">
        {t("references.title")}
        {namings.length > 0 && <Badge>{t("references.count", { count: countOf(namings) })}</Badge>}
      </h2>
      {data === undefined && error !== null && (
        <ErrorState what={t("references.what")} error={error} onRetry={refetch} />
      )}
      {data === undefined && error === null && <SkeletonRows count={2} />}
      {data !== undefined && namings.length === 0 && <HowToScan project={project} />}
      {namings.map((naming) => (
        <RepositoryCard key={naming.repository.name} naming={naming} />
      ))}
      <Extinctions repositories={data?.items ?? []} extinctions={extinctions} />
    </section>
  );
}

function HowToScan({ project }: { readonly project: string }) {
  const command = [
    "ld-find-code-refs \\",
    `  --baseUri ${location.origin} \\`,
    `  --projKey ${project} \\`,
    "  --repoName YOUR_REPOSITORY \\",
    "  --accessToken YOUR_TOKEN \\",
    "  --dir .",
  ].join("\n");
  return (
    <div className="space-y-2 rounded-lg border border-dashed border-line2 p-4">
      <p>{t("references.none")}</p>
      <p className="text-ink2">{t("references.how")}</p>
      <CodeBlock code={command} label={t("references.scan")} />
    </div>
  );
}
