import type { ReactNode } from "react";

interface CardProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

export function Card({ title, actions, children, className = "" }: CardProps) {
  return (
    <section className={`min-w-0 rounded-lg border border-line bg-surface ${className}`}>
      {title !== undefined && (
        <div className="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
          <h2 className="min-w-24 flex-1 font-semibold">{title}</h2>
          {/* What has no border of its own ends where the content ends. */}
          {actions !== undefined && (
            <div className="flex items-center gap-1 has-[>button.text-ink2:last-child]:-mr-2">
              {actions}
            </div>
          )}
        </div>
      )}
      <div className="p-3">{children}</div>
    </section>
  );
}
