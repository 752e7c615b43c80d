import { formatList } from "../text/format.ts";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import {
  addressFrom,
  type Hunk,
  type Naming,
  type Reference,
  shortRevision,
} from "./code-reference.ts";
import { t } from "./text.ts";

/** A repository's files that name the flag, with the lines. */
export function RepositoryCard({ naming }: { readonly naming: Naming }) {
  const { repository, branch, references } = naming;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span translate="no">{repository.name}</span>
          <span className="text-xs font-normal text-ink3">
            {t.rich("references.scanned", {
              branch: (
                <code key="branch" translate="no" className="font-mono">
                  {branch.name}
                </code>
              ),
              revision: (
                <code key="revision" translate="no" className="font-mono">
                  {shortRevision(branch.head)}
                </code>
              ),
              when: <RelativeTime key="when" at={branch.syncTime} />,
            })}
          </span>
        </span>
      }
    >
      <ul aria-label={t("references.list", { repository: repository.name })} className="space-y-4">
        {references.map((reference) => (
          <li key={reference.path}>
            <p translate="no" className="mb-1 font-mono text-[12.5px] font-medium break-all">
              {reference.path}
            </p>
            <div className="space-y-2">
              {reference.hunks.map((hunk) => (
                <HunkShown
                  key={hunk.startingLineNumber}
                  naming={naming}
                  reference={reference}
                  hunk={hunk}
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface HunkShownProps {
  readonly naming: Naming;
  readonly reference: Reference;
  readonly hunk: Hunk;
}

function HunkShown({ naming: { repository, branch }, reference: { path }, hunk }: HunkShownProps) {
  const { startingLineNumber: line, lines, aliases = [] } = hunk;
  const address = addressFrom(repository.hunkUrlTemplate, {
    sha: branch.head,
    filePath: path,
    lineNumber: line,
  });
  const words = t("references.lineShort", { line });
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <p className="flex min-h-8 flex-wrap items-center gap-x-3 border-b border-line px-3 py-1 text-xs text-ink3">
        {address === undefined ? (
          <span>{words}</span>
        ) : (
          <a
            href={address}
            target="_blank"
            rel="noreferrer"
            aria-label={t("references.line", { line, path })}
            className="inline-flex min-h-6 items-center text-link underline underline-offset-2"
          >
            {words}
          </a>
        )}
        {aliases.length > 0 && (
          <span>
            {t.rich("references.also", {
              names: (
                <code key="names" translate="no" className="font-mono">
                  {formatList(aliases)}
                </code>
              ),
            })}
          </span>
        )}
      </p>
      {lines !== undefined && (
        <Lines lines={lines} first={line} label={t("references.line", { line, path })} />
      )}
    </div>
  );
}

interface LinesProps {
  readonly lines: string;
  readonly first: number;
  readonly label: string;
}

function Lines({ lines, first, label }: LinesProps) {
  const numbered = lines
    .replace(/\n$/u, "")
    .split("\n")
    .map((text, at) => ({ number: first + at, text }));
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
      tabIndex={0}
      aria-label={label}
      className="overflow-x-auto bg-sunken"
    >
      <pre translate="no" className="py-2 font-mono text-[12.5px] leading-5">
        {numbered.map(({ number, text }) => (
          <code
            key={number}
            data-line={number}
            className="block px-3 before:mr-4 before:inline-block before:w-8 before:text-right before:text-ink3 before:content-[attr(data-line)]"
          >
            {text}
          </code>
        ))}
      </pre>
    </section>
  );
}
