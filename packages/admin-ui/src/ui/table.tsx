import type { ReactNode } from "react";

interface TableProps {
  /** Said to screen readers. */
  readonly caption: string;
  readonly children: ReactNode;
  /** Below 768 pixels a row is a small card: its cells flow, in the order that `order-…` gives them. */
  readonly isStacked?: boolean;
  /** Rows of 36 pixels, for numbers. */
  readonly isDense?: boolean;
  readonly className?: string;
}

const stacked =
  "max-md:[&_tbody_tr]:flex max-md:[&_tbody_tr]:flex-wrap max-md:[&_tbody_tr]:items-center max-md:[&_tbody_tr]:py-1.5 max-md:[&_td]:h-auto max-md:[&_td]:py-0.5 max-md:[&_td:empty]:hidden max-md:[&_thead]:sr-only max-md:[&_tbody_tr:first-child]:border-t-0 max-md:[&_table]:block max-md:[&_tbody]:block";

/** A plain table that scrolls within itself; its head stays in sight. Rows are `<tr>`, cells `Cell` and `HeadCell`. */
export function Table(props: TableProps) {
  const { caption, children, isDense = false, isStacked = false, className = "" } = props;
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus.
      tabIndex={0}
      className={`overflow-x-auto rounded-lg border border-line bg-surface ${isDense ? "[&_td]:h-9" : ""} ${isStacked ? stacked : ""} ${className}`}
    >
      <table className="w-full border-collapse text-left [&_tbody_tr]:border-t [&_tbody_tr]:border-line [&_tbody_tr:hover]:bg-sunken/60">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function HeadCell({
  children,
  className = "",
}: {
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return (
    <th
      scope="col"
      className={`sticky top-0 z-10 h-9 bg-surface px-3 text-xs font-medium whitespace-nowrap text-ink3 ${className}`}
    >
      {children}
    </th>
  );
}

export function Cell({
  children,
  className = "",
}: {
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return <td className={`h-12 px-3 ${className}`}>{children}</td>;
}
