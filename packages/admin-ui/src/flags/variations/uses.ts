import type {
  ConfigurationRepresentation,
  ServedRepresentation,
} from "../state/flag-representation.ts";

/** How an environment uses a variation. */
export type Use =
  | { readonly kind: "targets"; readonly count: number }
  /** Rules are counted from 1. The weight is in thousandths of a percent; absent where it is everyone. */
  | { readonly kind: "rule"; readonly number: number; readonly weight?: number }
  | { readonly kind: "everyone"; readonly isElse: boolean; readonly weight?: number }
  | { readonly kind: "off" };

/** Each use of the variation at the index, in the order in which it is decided. */
export function usesOf(configuration: ConfigurationRepresentation, index: number): readonly Use[] {
  const { targets, contextTargets, rules, fallthrough, offVariation } = configuration;
  const individuals = [...targets, ...contextTargets]
    .filter(({ variation }) => variation === index)
    .reduce((sum, { values }) => sum + values.length, 0);
  const isElse = rules.length > 0 || [...targets, ...contextTargets].length > 0;
  return [
    ...(individuals > 0 ? [{ kind: "targets" as const, count: individuals }] : []),
    ...rules.flatMap((rule, at) =>
      servedBy(rule, index).map((share) => ({ kind: "rule" as const, number: at + 1, ...share })),
    ),
    ...servedBy(fallthrough, index).map((share) => ({
      kind: "everyone" as const,
      isElse,
      ...share,
    })),
    ...(offVariation === index ? [{ kind: "off" as const }] : []),
  ];
}

/** Whether apps get the variation there now, as far as the configuration tells. */
export function isServed(configuration: ConfigurationRepresentation, index: number): boolean {
  return usesOf(configuration, index).some(
    (use) =>
      (use.kind === "off") !== configuration.on && !("weight" in use && (use.weight ?? 0) === 0),
  );
}

function servedBy(
  { variation, rollout }: ServedRepresentation,
  index: number,
): readonly { readonly weight?: number }[] {
  if (rollout === undefined) return variation === index ? [{}] : [];
  const shares = rollout.variations.filter((share) => share.variation === index);
  if (shares.length === 0) return [];
  return [{ weight: shares.reduce((sum, { weight }) => sum + weight, 0) }];
}
