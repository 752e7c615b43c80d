import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";

/** For links that look like tabs. @public */
export const tabClass =
  "-mb-px cursor-pointer whitespace-nowrap border-b-2 border-transparent pb-2 text-ink2 hover:text-ink data-selected:border-signal data-selected:font-semibold data-selected:text-ink aria-[current=page]:border-signal aria-[current=page]:font-semibold aria-[current=page]:text-ink forced-colors:border-[Canvas] forced-colors:data-selected:border-[Highlight] forced-colors:aria-[current=page]:border-[Highlight]";
/** @public */
export const tabListClass = "flex gap-5 overflow-x-auto overflow-y-hidden border-b border-line";

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly tabs: readonly { readonly id: Id; readonly label: ReactNode }[];
  /** The panel of the selected tab. */
  readonly children: ReactNode;
}

/** Panels of one page; parts that have a page each are links in a `<nav>` with `tabClass`. */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const { tabs } = props;
  return (
    <AriaTabs
      selectedKey={props.selected}
      onSelectionChange={(key) => {
        const tab = tabs.find(({ id }) => id === key);
        if (tab !== undefined) props.onSelect(tab.id);
      }}
    >
      <TabList aria-label={props.label} className={tabListClass}>
        {tabs.map(({ id, label }) => (
          <Tab key={id} id={id} className={tabClass}>
            {label}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={props.selected} className="pt-4">
        {props.children}
      </TabPanel>
    </AriaTabs>
  );
}
