import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

/** What most do not need, behind its name. */
export function Disclosure({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 text-[13px] font-medium text-ink2 hover:text-ink pointer-coarse:min-h-11"
      >
        <ChevronRight size={14} aria-hidden className={isOpen ? "rotate-90" : ""} />
        {title}
      </button>
      <div id={id} className={isOpen ? "mt-2" : ""}>
        {isOpen && children}
      </div>
    </div>
  );
}
