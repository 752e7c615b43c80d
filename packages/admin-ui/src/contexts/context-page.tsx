import { useQueries } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { Environment } from "../api/representations.ts";
import { useEnvironments } from "../segments/segment-queries.ts";
import { Badge } from "../ui/badge.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { AttributesCard } from "./attributes-card.tsx";
import { lastInstance } from "./context-queries.ts";
import type { SeenInstance } from "./context-representation.ts";
import { EnvironmentCards } from "./environment-cards.tsx";
import { FlagsOfContext } from "./flags-of-context.tsx";
import { individualsOf } from "./individual.ts";
import { t } from "./text.ts";

/** One context: what it says of itself, and what every flag gives to it and why. */
export function ContextPage() {
  const { project = "", kind = "", key = "" } = useParams({ strict: false });
  const { env }: { env?: string } = useSearch({ strict: false });
  const environments = useEnvironments(project);
  const known = environments.data?.items ?? [];
  const seen = useQueries({
    queries: known.map((one) => lastInstance(project, one.key, kind, key)),
  });
  const chosen = known.find((one) => one.key === env) ?? known.at(-1);
  const at = chosen === undefined ? -1 : known.indexOf(chosen);
  const mine = seen[at];
  const failed = environments.error ?? mine?.error ?? null;
  useReady(failed !== null);
  const individual = individualsOf(mine?.data?.context ?? {}).find((one) => one.kind === kind);
  return (
    <>
      <PageHeader
        title={individual?.name === undefined || individual.name === "" ? key : individual.name}
        isName
        parents={[
          <Link
            key="contexts"
            to="/p/$project/contexts"
            params={{ project }}
            search={chosen === undefined ? {} : { env: chosen.key }}
          >
            {t("context.list.title")}
          </Link>,
        ]}
      >
        <Badge>
          <span translate="no">{kind}</span>
        </Badge>
        <KeyCopy value={key} />
      </PageHeader>
      {failed !== null && (
        <ErrorState what={t("context.what")} error={failed} onRetry={environments.refetch} />
      )}
      {known.length > 0 && (
        <EnvironmentCards
          environments={known}
          chosen={env === allEnvironments ? undefined : chosen?.key}
          seen={seen.map(({ data }) => data)}
        />
      )}
      {failed === null && (mine === undefined || mine.isPending) && <SkeletonRows />}
      {failed === null && chosen !== undefined && mine?.data !== undefined && (
        <ContextIn
          project={project}
          environment={chosen}
          environments={known}
          isEverywhere={env === allEnvironments}
          named={{ kind, key }}
          instance={mine.data}
        />
      )}
    </>
  );
}

/** In the place of an environment in the address. */
export const allEnvironments = "*";

interface ContextInProps {
  readonly project: string;
  readonly environment: Environment;
  readonly environments: readonly Environment[];
  readonly isEverywhere: boolean;
  readonly named: { readonly kind: string; readonly key: string };
  /** Null where it was not seen. */
  readonly instance: SeenInstance | null;
}

function ContextIn(props: ContextInProps) {
  const { project, environment, environments, isEverywhere, named, instance } = props;
  const context = instance?.context ?? named;
  return (
    <div className="mt-4 grid items-start gap-4 xl:grid-cols-[1fr_340px]">
      <div className="min-w-0 space-y-4">
        {instance === null && (
          <Notice>
            {t.rich("context.notSeen.words", {
              key: (
                <b key="key" translate="no">
                  {named.key}
                </b>
              ),
              environment: (
                <b key="environment" translate="no">
                  {environment.name}
                </b>
              ),
            })}
          </Notice>
        )}
        <FlagsOfContext
          project={project}
          environments={isEverywhere ? environments : [environment]}
          context={context}
          named={named}
        />
      </div>
      <AttributesCard
        project={project}
        environment={environment.key}
        named={named}
        context={context}
      />
    </div>
  );
}
