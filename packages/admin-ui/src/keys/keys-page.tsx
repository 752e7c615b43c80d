import { useParams } from "@tanstack/react-router";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useReady } from "../ui/ready.ts";

export function KeysPage() {
  const { project = "" } = useParams({ strict: false });
  const { data, error } = useEnvironments(project);
  useReady(data !== undefined);
  return (
    <>
      <h1 className="text-xl font-semibold">Keys & SDKs</h1>
      {error && (
        <p role="alert" className="text-danger">
          {error.message}
        </p>
      )}
      {data?.items.map((environment) => (
        <section
          key={environment.key}
          className="mt-4 rounded-lg border border-line bg-surface p-3"
        >
          <h2 className="font-semibold">{environment.name}</h2>
          <dl className="mt-2 space-y-1 font-mono text-[13px] [&>dd]:break-all">
            <dt className="text-ink2">SDK key</dt>
            <dd>{environment.apiKey}</dd>
            <dt className="text-ink2">Mobile key</dt>
            <dd>{environment.mobileKey}</dd>
            <dt className="text-ink2">Client-side ID</dt>
            <dd>{environment._id}</dd>
          </dl>
        </section>
      ))}
    </>
  );
}
