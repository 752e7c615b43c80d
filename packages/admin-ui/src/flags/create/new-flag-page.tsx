import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useReady } from "../../ui/ready.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { CreatedFlag } from "./created-flag.tsx";
import { FlagForm } from "./flag-form.tsx";
import type { NewFlag } from "./new-flag.ts";
import { t } from "./text.ts";
import { type FlagDefaults, flagToBegin } from "./use-new-flag.ts";

/** Makes a flag, and then shows how code asks for it. */
export function NewFlagPage() {
  const { project = "" } = useParams({ strict: false });
  const path = `${apiPath("projects", project)}/flag-defaults`;
  const defaults = useQuery({ ...resource<FlagDefaults>(path), staleTime: 60_000 });
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
