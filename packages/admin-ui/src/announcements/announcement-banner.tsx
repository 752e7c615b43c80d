import { useQuery } from "@tanstack/react-query";
import { Info, Megaphone, TriangleAlert, X } from "lucide-react";
import { useUnavailable } from "../session/unavailable.ts";
import { IconButton } from "../ui/button.tsx";
import { type Announcement, activeAnnouncements } from "./announcement.ts";
import { useDismissed } from "./dismissed.ts";
import { t } from "./text.ts";

/** They begin and end by themselves. */
const everyMs = 60_000;

/** What is announced now, over every page. */
export function AnnouncementBanner() {
  const isAsked = useUnavailable("viewAnnouncement", "acct") === undefined;
  const { data } = useQuery({
    ...activeAnnouncements,
    enabled: isAsked,
    staleTime: everyMs,
    refetchInterval: everyMs,
  });
  const [dismissed, dismiss] = useDismissed();
  const shown = (data?.items ?? []).filter(
    ({ _id, isDismissible }) => !(isDismissible && dismissed.includes(_id)),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-label={t("announcements.title")}>
      {shown.map((one) => (
        <Stripe key={one._id} announcement={one} onDismiss={() => dismiss(one._id)} />
      ))}
    </section>
  );
}

const looks = {
  info: "border-link/30 bg-infobg text-ink",
  warning: "border-prod/40 bg-prodbg text-prod",
  critical: "border-danger/40 bg-dangerbg text-danger",
} as const;
const icons = { info: Megaphone, warning: Info, critical: TriangleAlert } as const;

interface StripeProps {
  readonly announcement: Announcement;
  readonly onDismiss: () => void;
}

function Stripe({ announcement, onDismiss }: StripeProps) {
  const { title, message, severity, isDismissible } = announcement;
  const Icon = icons[severity];
  return (
    <div className={`flex items-start gap-2.5 border-b px-5 py-2 max-md:px-4 ${looks[severity]}`}>
      <Icon size={16} className="mt-0.5 shrink-0" aria-hidden />
      <p translate="no" className="max-h-32 min-w-0 flex-1 overflow-y-auto break-words">
        <b className="font-semibold">{title}</b> {message}
      </p>
      {isDismissible && (
        <IconButton
          label={t("announcement.dismiss", { title })}
          className="-my-1 -mr-2"
          onPress={onDismiss}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
