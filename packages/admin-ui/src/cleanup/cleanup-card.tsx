import { Link } from "@tanstack/react-router";
import { Avatar } from "../ui/avatar.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type CleanupCard as Card, lastAsked } from "./board.ts";
import { CardActions } from "./card-actions.tsx";
import { t } from "./text.ts";

export interface CardProps {
  readonly project: string;
  readonly card: Card;
  /** Names of members by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

const shownEnvironments = 3;

/** A flag that can go: why, by what evidence, and what to do about it. */
export function CleanupCard(props: CardProps) {
  const { project, card, names } = props;
  const { key, name, sentence, evidence, maintainerId, maintainerTeamKey } = card;
  const maintainer = maintainerId === undefined ? maintainerTeamKey : names.get(maintainerId);
  return (
    <article className="rounded-lg border border-line bg-surface p-3">
      <h3 className="font-semibold break-words">
        {name === undefined ? (
          <span data-card tabIndex={-1} className="rounded">
            <KeyCopy value={key} />
          </span>
        ) : (
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: key }}
            translate="no"
            data-card
            className="inline-flex min-h-6 items-center rounded hover:underline"
          >
            {name}
          </Link>
        )}
      </h3>
      {name !== undefined && <KeyCopy value={key} />}
      <p translate="no" className="mt-1.5 text-[13px] text-ink2">
        {sentence}
      </p>
      <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink3">
        {evidence.createdAt !== undefined && (
          <li>
            {t.rich("cleanup.age", { when: <RelativeTime key="when" at={evidence.createdAt} /> })}
          </li>
        )}
        {lastAsked(card)
          .slice(0, shownEnvironments)
          .map(({ key: environment, at }) => (
            <li key={environment}>
              {t.rich("cleanup.asked", {
                environment: (
                  <span key="environment" translate="no">
                    {environment}
                  </span>
                ),
                when: <RelativeTime key="when" at={at} />,
              })}
            </li>
          ))}
        {evidence.referenceCount !== undefined && evidence.referenceCount > 0 && (
          <li>{t("cleanup.references", { count: evidence.referenceCount })}</li>
        )}
      </ul>
      <div className="mt-3 flex items-center gap-2">
        {maintainer !== undefined && (
          <span title={t("cleanup.maintainer", { name: maintainer })}>
            <Avatar name={maintainer} size="small" />
          </span>
        )}
        <span className="ml-auto flex gap-1">
          <CardActions project={project} card={card} />
        </span>
      </div>
    </article>
  );
}
