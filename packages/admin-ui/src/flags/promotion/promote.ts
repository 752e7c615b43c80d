import {
  configurationIn,
  differenceOfFlags,
  type FlagConfiguration,
  type FlagInstruction,
  type FlagRule,
  type FlagState,
  isSame,
} from "@halyard/instructions";

/**
 * The instructions that let one environment serve a flag as another does. Salts and the ends of targets
 * stay its own, and so do the ids of rules that are the same in both.
 */
export function promotionOf(
  flag: FlagState,
  { from, to, newId }: { readonly from: string; readonly to: string; readonly newId: () => string },
): FlagInstruction[] {
  const [source, target] = [configurationIn(flag, from), configurationIn(flag, to)];
  if (source === undefined || target === undefined) return [];
  const { expiringTargets: _, ...served } = source;
  const promoted: FlagConfiguration = {
    ...served,
    salt: target.salt,
    rules: withOwnIds(source.rules, target.rules, newId),
    ...(target.expiringTargets === undefined ? {} : { expiringTargets: target.expiringTargets }),
  };
  const wanted = { ...flag, environments: { ...flag.environments, [to]: promoted } };
  return differenceOfFlags(flag, wanted, to);
}

function withOwnIds(
  wanted: readonly FlagRule[],
  known: readonly FlagRule[],
  newId: () => string,
): readonly FlagRule[] {
  const free = [...known];
  return wanted.map((rule) => {
    const at = free.findIndex((one) => isSame(withoutIds(one), withoutIds(rule)));
    const [same] = at === -1 ? [] : free.splice(at, 1);
    if (same !== undefined) return same;
    const clauses = rule.clauses.map((clause) => ({ ...clause, id: newId() }));
    return { ...rule, id: newId(), clauses };
  });
}

function withoutIds({ id: _, clauses, ...rule }: FlagRule): object {
  return { ...rule, clauses: clauses.map(({ id: __, ...clause }) => clause) };
}
