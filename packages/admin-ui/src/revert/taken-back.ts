import {
  configurationIn,
  type FlagConfiguration,
  type FlagState,
  isSame,
} from "@halyard/instructions";
import { type Sides, takenBackList, takenBackSet, takenBackTargets } from "./taken-back-lists.ts";

/** A flag without one of its changes. */
export interface TakenBack {
  readonly flag: FlagState;
  /** Parts that others have changed since: they stay as they are. Such as `production/fallthrough`. */
  readonly contested: readonly string[];
}

/**
 * Today's flag without the change from `before` to `after`. What came later stays; where it touched the
 * very parts that the change did, they are named and left as they are.
 */
export function takenBack(change: Sides<FlagState>): TakenBack {
  const contested: string[] = [];
  const contest = (part: string) => contested.push(part);
  const { maintainerId: _member, maintainerTeamKey: _team, ...today } = change.today;
  const flag = {
    ...today,
    ...settingsOf(change, contest),
    ...takenBackPart(sidesOf(change, maintainerOf), () => contest("maintainer")),
    environments: environmentsOf(change, contest),
  };
  return { flag, contested };
}

type Contest = (part: string) => void;

/** Of one part: what it was before where it still is what the change made of it. */
function takenBackPart<T>({ before, after, today }: Sides<T>, contest: () => void): T {
  if (isEqual(before, after) || isEqual(today, before)) return today;
  if (isEqual(today, after)) return before;
  contest();
  return today;
}

function isEqual(a: unknown, b: unknown): boolean {
  return isSame(a ?? null, b ?? null);
}

function sidesOf<T, Part>(change: Sides<T>, read: (one: T) => Part): Sides<Part> {
  return { before: read(change.before), after: read(change.after), today: read(change.today) };
}

function maintainerOf({ maintainerId, maintainerTeamKey }: FlagState) {
  return {
    ...(maintainerId === undefined ? {} : { maintainerId }),
    ...(maintainerTeamKey === undefined ? {} : { maintainerTeamKey }),
  };
}

function settingsOf(change: Sides<FlagState>, contest: Contest) {
  const part = <Name extends keyof FlagState>(name: Name) =>
    takenBackPart(
      sidesOf(change, (flag) => flag[name]),
      () => contest(name),
    );
  return {
    name: part("name"),
    description: part("description"),
    temporary: part("temporary"),
    archived: part("archived"),
    deprecated: part("deprecated"),
    clientSideAvailability: part("clientSideAvailability"),
    customProperties: part("customProperties"),
    defaults: part("defaults"),
    tags: takenBackSet(sidesOf(change, ({ tags }) => tags)),
    variations: takenBackList(
      sidesOf(change, ({ variations }) => variations),
      () => contest("variations"),
    ),
  };
}

function environmentsOf(change: Sides<FlagState>, contest: Contest): FlagState["environments"] {
  const { before, after, today } = change;
  return Object.fromEntries(
    Object.entries(today.environments).map(([key, configuration]) => {
      const was = configurationIn(before, key);
      const became = configurationIn(after, key);
      if (was === undefined || became === undefined) return [key, configuration];
      const sides = { before: was, after: became, today: configuration };
      return [key, configurationOf(sides, (part) => contest(`${key}/${part}`))];
    }),
  );
}

const plainParts = [
  "on",
  "salt",
  "prerequisites",
  "expiringTargets",
  "fallthrough",
  "offVariationId",
  "trackEvents",
  "trackEventsFallthrough",
  "debugEventsUntilDate",
  "checkRatio",
] as const;

function configurationOf(change: Sides<FlagConfiguration>, contest: Contest): FlagConfiguration {
  const plain = plainParts.flatMap((name) => {
    const sides = sidesOf<FlagConfiguration, unknown>(change, (one) => one[name]);
    const value = takenBackPart(sides, () => contest(name));
    return value === undefined ? [] : [[name, value]];
  });
  const lists = {
    rules: takenBackList(
      sidesOf(change, ({ rules }) => rules),
      () => contest("rules"),
    ),
    targets: takenBackTargets(
      sidesOf(change, ({ targets }) => targets),
      () => contest("targets"),
    ),
  };
  // Each part keeps the type that it was read with.
  return { ...Object.fromEntries(plain), ...lists } as FlagConfiguration;
}
