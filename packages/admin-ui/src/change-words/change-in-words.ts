import { configurationIn, type FlagState, type SegmentState } from "@halyard/instructions";
import { configurationLines, settingLines } from "./flag-lines.ts";
import { type DifferenceLine, lineDifference } from "./line-difference.ts";
import { segmentLines } from "./segment-lines.ts";
import { thingLines } from "./thing-lines.ts";

/** What changes in one environment, or everywhere where none is named. */
export interface ChangedPart {
  readonly environment?: string;
  readonly lines: readonly DifferenceLine[];
}

/** A flag's change; either side is undefined where there is no flag. Parts that stay are left out. */
export function flagChange(
  before: FlagState | undefined,
  after: FlagState | undefined,
): readonly ChangedPart[] {
  const keys = new Set([
    ...Object.keys(before?.environments ?? {}),
    ...Object.keys(after?.environments ?? {}),
  ]);
  const linesIn = (flag: FlagState | undefined, key: string) => {
    const configuration = flag && configurationIn(flag, key);
    return flag && configuration ? configurationLines(flag, configuration) : [];
  };
  return changed([
    { lines: lineDifference(before ? settingLines(before) : [], after ? settingLines(after) : []) },
    ...[...keys].map((environment) => ({
      environment,
      lines: lineDifference(linesIn(before, environment), linesIn(after, environment)),
    })),
  ]);
}

function segmentChange(
  before: SegmentState | undefined,
  after: SegmentState | undefined,
  environment?: string,
): readonly ChangedPart[] {
  const lines = lineDifference(
    before ? segmentLines(before) : [],
    after ? segmentLines(after) : [],
  );
  return changed([{ lines, ...(environment === undefined ? {} : { environment }) }]);
}

/** The change of anything else, by its members. */
function thingChange(
  before: object | undefined,
  after: object | undefined,
): readonly ChangedPart[] {
  return changed([{ lines: lineDifference(thingLines(before), thingLines(after)) }]);
}

/** The change that an entry of the audit log tells of; its states are what the server wrote of such a thing. */
export function loggedChange(
  kind: string,
  {
    previousVersion: before,
    currentVersion: after,
  }: { readonly previousVersion?: object; readonly currentVersion?: object },
  environment?: string,
): readonly ChangedPart[] {
  if (kind === "flag" && isFlagOrNone(before) && isFlagOrNone(after))
    return flagChange(before, after);
  if (kind === "segment" && isSegmentOrNone(before) && isSegmentOrNone(after))
    return segmentChange(before, after, environment);
  return thingChange(before, after);
}

/** Whether it is a flag as the log keeps it; an import's entry holds several. */
export function isFlagState(thing: object | undefined): thing is FlagState {
  return (
    thing !== undefined && "environments" in thing && "variations" in thing && "defaults" in thing
  );
}

export function isSegmentState(thing: object | undefined): thing is SegmentState {
  return thing !== undefined && "included" in thing && "excludedContexts" in thing;
}

function isFlagOrNone(thing: object | undefined): thing is FlagState | undefined {
  return thing === undefined || isFlagState(thing);
}

function isSegmentOrNone(thing: object | undefined): thing is SegmentState | undefined {
  return thing === undefined || isSegmentState(thing);
}

function changed(parts: readonly ChangedPart[]): readonly ChangedPart[] {
  return parts.filter(({ lines }) => lines.some(({ kind }) => kind !== "kept"));
}
