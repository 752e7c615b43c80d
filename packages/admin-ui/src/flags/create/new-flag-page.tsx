import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { resource } from "../../api/queries.ts";
import { type FlagDefaults, flagDefaultsPath } from "../../flag-defaults/flag-defaults.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useReady } from "../../ui/ready.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { CreatedFlag } from "./created-flag.tsx";
import { FlagForm } from "./flag-form.tsx";
import type { NewFlag } from "./new-flag.ts";
import { t } from "./text.ts";
import { flagToBegin } from "./use-new-flag.ts";

/** Makes a flag, and then shows how code asks for it. */
export function NewFlagPage() {
  const { project = "" } = useParams({ strict: false });
  const defaults = useQuery({
    ...resource<FlagDefaults>(flagDefaultsPath(project)),
    staleTime: 60_000,
  });
  const [created, setCreated] = useState<NewFlag>();
  useReady(!defaults.isPending);
  if (created !== undefined) {
    return <CreatedFlag project={project} flag={created} onAnother={() => setCreated(undefined)} />;
  }
  return (
    <>
      <PageHeader
        title={t("create.title")}
        parents={[
          <Link key="flags" to="/p/$project/flags" params={{ project }}>
            {t("create.flags")}
          </Link>,
        ]}
      />
      {defaults.isPending ? (
        <SkeletonRows count={4} />
      ) : (
        <FlagForm project={project} begin={flagToBegin(defaults.data)} onCreated={setCreated} />
      )}
    </>
  );
}
