import { Check, MessageSquare, X } from "lucide-react";
import { nameOfPerson, usePeople } from "../audit/audit-queries.ts";
import { Badge } from "../ui/badge.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { ApprovalRequest } from "./approval.ts";
import { t } from "./text.ts";

const icons = { approve: Check, decline: X, comment: MessageSquare } as const;
const looks = {
  approve: "bg-onbg text-on",
  decline: "bg-dangerbg text-danger",
  comment: "bg-sunken text-ink2",
} as const;

/** What was said about a request, the oldest first. */
export function Reviews({ request }: { readonly request: ApprovalRequest }) {
  const people = usePeople();
  const reviews = request.allReviews.toSorted((a, b) => a.creationDate - b.creationDate);
  if (reviews.length === 0) return <p className="text-ink2">{t("approval.reviews.none")}</p>;
  return (
    <ol className="space-y-3">
      {reviews.map((review) => {
        const person = people.find(({ _id }) => _id === review.memberId);
        const name = person === undefined ? t("approvals.someone") : nameOfPerson(person);
        const Icon = icons[review.kind];
        return (
          <li key={review._id} className="flex gap-3">
            <span
              aria-hidden="true"
              className={`grid size-7 shrink-0 place-items-center rounded-full ${looks[review.kind]}`}
            >
              <Icon size={14} />
            </span>
            <div className="min-w-0 flex-1 pt-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span>
                  {t.rich(`approval.review.${review.kind}`, {
                    name: (
                      <b key="name" translate="no" className="font-semibold">
                        {name}
                      </b>
                    ),
                  })}
                </span>
                <span className="text-xs text-ink3">
                  <RelativeTime at={review.creationDate} />
                </span>
                {review.isOutdated && <Badge>{t("approval.outdated")}</Badge>}
              </p>
              {review.comment !== "" && (
                <p translate="no" className="mt-0.5 whitespace-pre-line text-ink2">
                  {review.comment}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
