/** Filters that everybody wants at some time, by the name in the address. */
export const builtInViews = {
  starred: "is:starred",
  mine: "maintainer:me",
  today: "changed:1d",
  off: "on:nowhere",
  on: "on:everywhere",
  differ: "differ:all",
  never: "evaluated:never",
  archived: "state:archived",
} as const;
type BuiltInView = keyof typeof builtInViews;

export function isBuiltInView(name: string): name is BuiltInView {
  return Object.hasOwn(builtInViews, name);
}

/** A filter that somebody keeps under a name, in this browser. */
export interface OwnView {
  readonly name: string;
  readonly filter: string;
}

const place = (project: string) => `halyard.views.${project}`;

export function ownViews(project: string): readonly OwnView[] {
  const kept = localStorage.getItem(place(project));
  if (kept === null) return [];
  // Written below alone.
  return JSON.parse(kept) as OwnView[];
}

export function keepOwnViews(project: string, views: readonly OwnView[]): void {
  localStorage.setItem(place(project), JSON.stringify(views));
}

/** The views with one more; one of the same name is replaced. */
export function withView(views: readonly OwnView[], view: OwnView): readonly OwnView[] {
  return [...views.filter(({ name }) => name !== view.name), view];
}
