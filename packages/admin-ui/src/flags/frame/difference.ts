import type {
  ConfigurationRepresentation,
  RuleRepresentation,
  ServedRepresentation,
} from "../state/flag-representation.ts";

/** Whether two environments serve alike, whatever ids, salts and versions they have. */
export function servesAlike(
  a: ConfigurationRepresentation,
  b: ConfigurationRepresentation,
): boolean {
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b));
}

function essence(configuration: ConfigurationRepresentation): unknown {
  const { on, targets, contextTargets, rules, fallthrough, offVariation, prerequisites } =
    configuration;
  return [
    on,
    [...targets, ...contextTargets]
      .map(({ contextKind, variation, values }) => [contextKind, variation, values.toSorted()])
      .filter(([, , values]) => Array.isArray(values) && values.length > 0),
    rules.map(ruleEssence),
    served(fallthrough),
    offVariation ?? null,
    prerequisites.map(({ key, variation }) => [key, variation]),
  ];
}

function ruleEssence(rule: RuleRepresentation): unknown {
  const clauses = rule.clauses.map(({ contextKind, attribute, op, negate, values }) => [
    contextKind ?? null,
    attribute,
    op,
    negate,
    values,
  ]);
  return [clauses, served(rule)];
}

function served({ variation, rollout }: ServedRepresentation): unknown {
  if (rollout === undefined) return variation ?? null;
  const { contextKind = "user", bucketBy = "key", seed, variations } = rollout;
  return [
    contextKind,
    bucketBy,
    seed ?? null,
    variations.map((one) => [one.variation, one.weight]),
  ];
}
