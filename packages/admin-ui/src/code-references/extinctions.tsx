import { RelativeTime } from "../ui/time.tsx";
import { addressFrom, type Extinction, type Repository, shortRevision } from "./code-reference.ts";
import { t } from "./text.ts";

interface ExtinctionsProps {
  readonly repositories: readonly Repository[];
  /** By the name of the repository. */
  readonly extinctions: Readonly<Record<string, readonly Extinction[]>>;
}

/** The commits that took the last place out; nothing where there are none. */
export function Extinctions({ repositories, extinctions }: ExtinctionsProps) {
  const all = Object.entries(extinctions)
    .flatMap(([name, found]) => found.map((one) => ({ name, ...one })))
    .sort((a, b) => b.time - a.time);
  if (all.length === 0) return null;
  return (
    <>
      <h3 className="pt-1 font-semibold">{t("extinctions.title")}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {all.map(({ name, revision, message, time }) => (
          <li key={`${name} ${revision}`} className="flex flex-wrap items-baseline gap-x-3 p-3">
            <b translate="no" className="font-semibold">
              {name}
            </b>
            <span translate="no" className="min-w-0 flex-1 basis-60">
              {message.split("\n")[0]}
            </span>
            <Revision
              revision={revision}
              template={repositories.find((one) => one.name === name)?.commitUrlTemplate ?? ""}
            />
            <span className="text-xs text-ink3">
              <RelativeTime at={time} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Revision({
  revision,
  template,
}: {
  readonly revision: string;
  readonly template: string;
}) {
  const address = addressFrom(template, { sha: revision });
  const short = (
    <code translate="no" className="font-mono text-[12.5px]">
      {shortRevision(revision)}
    </code>
  );
  if (address === undefined) return short;
  return (
    <a
      href={address}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-6 items-center text-link underline underline-offset-2"
    >
      {short}
    </a>
  );
}
