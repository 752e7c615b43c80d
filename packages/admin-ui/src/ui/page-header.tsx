import { cloneElement, isValidElement, type ReactNode, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useFrame } from "./frame.ts";
import { useIsUnsaved } from "./unsaved.ts";

interface PageHeaderProps {
  /** The page's only h1, and the end of the breadcrumb. */
  readonly title: string;
  /** Links to what the page is within, outermost first. */
  readonly parents?: readonly ReactNode[];
  /** Facts below the title: key, badges. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** The title is data and not a text of ours. */
  readonly isName?: boolean;
}

/** Names the page: h1, breadcrumb, tab title. Takes the focus when somebody comes from another page. */
export function PageHeader(props: PageHeaderProps) {
  const { title, parents = [], children, actions, isName = false } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const { trail, takeArrival } = useFrame();
  useEffect(() => {
    if (takeArrival()) heading.current?.focus();
  }, [takeArrival]);
  const translate = isName ? { translate: "no" as const } : {};
  return (
    <div className="mb-4 flex flex-wrap items-start gap-x-3 gap-y-2">
      <PageTitle title={title} />
      {trail !== null && createPortal(<Breadcrumb parents={parents} title={title} />, trail)}
      <div className="min-w-0 flex-1 basis-36">
        <h1
          ref={heading}
          tabIndex={-1}
          {...translate}
          className="text-xl leading-7 font-semibold tracking-tight text-balance"
        >
          {title}
        </h1>
        {children !== undefined && (
          <div className="mt-1 flex flex-wrap items-center gap-2 text-ink2">{children}</div>
        )}
      </div>
      {actions !== undefined && <div className="ml-auto flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

/** What the browser's tab says, with a dot where something is not saved. React puts it into the head. @public */
export function PageTitle({ title }: { readonly title: string }) {
  const dot = useIsUnsaved() ? "● " : "";
  return <title>{`${dot}${title} · Halyard`}</title>;
}

interface LinkProps {
  readonly activeOptions?: { readonly exact: boolean };
}
/** A link takes itself for the current page on every page below it, which here are all. */
const exactly: LinkProps = { activeOptions: { exact: true } };

function Breadcrumb({ parents, title }: { parents: readonly ReactNode[]; title: string }) {
  return (
    <ol className="flex min-w-0 items-center gap-2.5">
      {parents.map((parent, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in the trail is what it is known by.
        <li key={at} className="flex min-w-0 items-center gap-2.5 text-ink3 [&_a:hover]:text-ink">
          {isValidElement<LinkProps>(parent) ? cloneElement(parent, exactly) : parent}
          <span aria-hidden="true">/</span>
        </li>
      ))}
      <li aria-current="page" translate="no" className="truncate font-semibold">
        {title}
      </li>
    </ol>
  );
}
