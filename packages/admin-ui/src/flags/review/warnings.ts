import {
  configurationIn,
  type FlagConfiguration,
  type FlagRule,
  type FlagState,
  isSame,
  nearest,
  type RuleClause,
  type Serve,
  type Split,
} from "@halyard/instructions";

/** An attribute as contexts have it that were seen in the environment. */
export interface SeenAttribute {
  readonly contextKind: string;
  readonly name: string;
  /** Of what types its values are, as `typeof` says it. */
  readonly types: readonly string[];
}

/** What is known beside the flag; what is absent is not known, and nothing is warned of. */
export interface Surroundings {
  readonly seen?: readonly SeenAttribute[] | undefined;
  /** Keys of required flags that are off in the environment. */
  readonly requiredOff?: readonly string[];
  /** Whether anybody has asked for the flag here in 7 days. */
  readonly isAskedFor?: boolean | undefined;
}

/** Something that is probably not meant. Places are from 0. */
export type Warning =
  | { readonly kind: "off" }
  | {
      readonly kind: "unreachable";
      readonly rule: number;
      readonly by: number;
      readonly isSame: boolean;
    }
  | { readonly kind: "noConditions"; readonly rule: number }
  | {
      readonly kind: "attribute";
      readonly attribute: string;
      readonly nearest?: string | undefined;
    }
  | {
      readonly kind: "type";
      readonly attribute: string;
      readonly value: string;
      readonly type: string;
    }
  /** Shares of everyone; `rule` is absent for everyone else. */
  | {
      readonly kind: "moves";
      readonly rule?: number;
      readonly moved: number;
      readonly needed: number;
    }
  | { readonly kind: "dealtAnew"; readonly rule?: number }
  | { readonly kind: "prerequisite"; readonly key: string }
  | {
      readonly kind: "twice";
      readonly contextKind: string;
      readonly key: string;
      readonly firstId: string;
    }
  | { readonly kind: "unserved"; readonly variationId: string }
  | { readonly kind: "notAsked" };

/** What is worth a look in what the draft makes of the flag. What was so before is passed over. */
export function warningsOf(
  { saved, drafted, environment }: { saved: FlagState; drafted: FlagState; environment: string },
  surroundings: Surroundings = {},
): readonly Warning[] {
  const before = configurationIn(saved, environment);
  const after = configurationIn(drafted, environment);
  if (before === undefined || after === undefined) return [];
  const known = found(saved, before, surroundings).map((one) => JSON.stringify(one));
  const fresh = found(drafted, after, surroundings).filter(
    (one) => !known.includes(JSON.stringify(one)),
  );
  const isOffUntouched = !after.on && !before.on;
  return [
    ...(isOffUntouched ? [{ kind: "off" } as const] : []),
    ...fresh,
    ...splitWarnings(before, after),
    ...(surroundings.requiredOff ?? [])
      .filter((key) => after.prerequisites.some((one) => one.key === key))
      .map((key) => ({ kind: "prerequisite", key }) as const),
    ...(surroundings.isAskedFor === false ? [{ kind: "notAsked" } as const] : []),
  ];
}

function found(flag: FlagState, at: FlagConfiguration, { seen }: Surroundings): readonly Warning[] {
  return [
    ...unreachable(at.rules),
    ...(seen === undefined || seen.length === 0 ? [] : clauseWarnings(at.rules, seen)),
    ...twice(at),
    ...unserved(flag, at),
  ];
}

function unreachable(rules: readonly FlagRule[]): readonly Warning[] {
  return rules.flatMap((rule, index): readonly Warning[] => {
    const earlier = rules.slice(0, index);
    const all = earlier.findIndex(({ clauses }) => clauses.length === 0);
    if (all !== -1) return [{ kind: "unreachable", rule: index, by: all, isSame: false }];
    const same = earlier.findIndex(({ clauses }) => isImplied(clauses, rule.clauses));
    if (same !== -1) return [{ kind: "unreachable", rule: index, by: same, isSame: true }];
    return rule.clauses.length === 0 ? [{ kind: "noConditions", rule: index }] : [];
  });
}

/** Whether who fits all of the later conditions fits the earlier ones too. */
function isImplied(earlier: readonly RuleClause[], later: readonly RuleClause[]): boolean {
  return earlier.every((one) => later.some((other) => isSame(asked(one), asked(other))));
}

function asked({ id: _, contextKind = "user", values, ...clause }: RuleClause): object {
  return { ...clause, contextKind, values: values.map((one) => JSON.stringify(one)).sort() };
}

function clauseWarnings(
  rules: readonly FlagRule[],
  seen: readonly SeenAttribute[],
): readonly Warning[] {
  const clauses = rules.flatMap((rule) => rule.clauses).filter(({ op }) => op !== "segmentMatch");
  return clauses.flatMap((clause): readonly Warning[] => {
    const { contextKind = "user", attribute, op, values } = clause;
    if (attribute === "key" || attribute === "kind" || attribute.startsWith("/")) return [];
    const ofKind = seen.filter((one) => one.contextKind === contextKind);
    if (ofKind.length === 0) return [];
    const here = ofKind.find(({ name }) => name === attribute);
    if (here === undefined) {
      const near = nearest(
        attribute,
        ofKind.map(({ name }) => name),
      );
      return [{ kind: "attribute", attribute, nearest: near }];
    }
    const odd =
      op === "in" ? values.find((value) => !here.types.includes(typeof value)) : undefined;
    const [type] = here.types;
    if (odd === undefined || type === undefined) return [];
    return [{ kind: "type", attribute, value: JSON.stringify(odd), type }];
  });
}

function twice({ targets }: FlagConfiguration): readonly Warning[] {
  const first = new Map<string, string>();
  return targets.flatMap(({ contextKind, values, variationId }) =>
    values.flatMap((key): readonly Warning[] => {
      const name = `${contextKind} ${key}`;
      const firstId = first.get(name);
      if (firstId === undefined) first.set(name, variationId);
      return firstId === undefined || firstId === variationId
        ? []
        : [{ kind: "twice", contextKind, key, firstId }];
    }),
  );
}

function unserved(flag: FlagState, at: FlagConfiguration): readonly Warning[] {
  const served = new Set([
    ...at.targets.map(({ variationId }) => variationId),
    ...[at.fallthrough, ...at.rules.map(({ serve }) => serve)].flatMap(variationsOf),
    ...(at.offVariationId === undefined ? [] : [at.offVariationId]),
  ]);
  return flag.variations.flatMap(({ id }) =>
    served.has(id) ? [] : [{ kind: "unserved", variationId: id } as const],
  );
}

function variationsOf(serve: Serve): readonly string[] {
  if ("variationId" in serve) return [serve.variationId];
  return serve.rollout.weights.flatMap(({ variationId, weight }) =>
    weight > 0 ? [variationId] : [],
  );
}

function splitWarnings(before: FlagConfiguration, after: FlagConfiguration): readonly Warning[] {
  const rules = after.rules.flatMap(({ id, serve }, rule) => {
    const was = before.rules.find((one) => one.id === id)?.serve;
    return was === undefined ? [] : splitWarning(was, serve, { rule });
  });
  return [...rules, ...splitWarning(before.fallthrough, after.fallthrough, {})];
}

function splitWarning(was: Serve, is: Serve, where: { rule?: number }): readonly Warning[] {
  if (!("rollout" in was) || !("rollout" in is)) return [];
  if (!isSame(dealing(was.rollout), dealing(is.rollout))) return [{ kind: "dealtAnew", ...where }];
  const { moved, needed } = movedBetween(was.rollout, is.rollout);
  return moved > needed ? [{ kind: "moves", moved, needed, ...where }] : [];
}

/** What decides where a context falls. */
function dealing({ kind, contextKind = "user", bucketBy = "key", seed }: Split): object {
  return { kind, contextKind, bucketBy, seed };
}

/** How much of everyone gets another variation, and how much would have to; in thousandths of a percent. */
export function movedBetween(was: Split, is: Split): { moved: number; needed: number } {
  const weightIn = (split: Split, id: string) =>
    split.weights.reduce((sum, one) => sum + (one.variationId === id ? one.weight : 0), 0);
  const ids = new Set([...was.weights, ...is.weights].map(({ variationId }) => variationId));
  const needed = [...ids].reduce(
    (sum, id) => sum + Math.max(0, weightIn(is, id) - weightIn(was, id)),
    0,
  );
  const kept = intervals(was).reduce(
    (sum, a) =>
      sum +
      intervals(is).reduce(
        (part, b) =>
          a.id === b.id
            ? part + Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))
            : part,
        0,
      ),
    0,
  );
  const whole = was.weights.reduce((sum, { weight }) => sum + weight, 0);
  return { moved: whole - kept, needed };
}

function intervals({ weights }: Split) {
  let from = 0;
  return weights.map(({ variationId: id, weight }) => {
    const to = from + weight;
    const interval = { id, from, to };
    from = to;
    return interval;
  });
}
