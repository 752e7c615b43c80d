import { newClause, reordered, withClause, withRule } from "./clauses.ts";
import { expiringTargetInstructions } from "./expiring-targets.ts";
import type { InstructionOf } from "./flag-instruction.ts";
import { type InstructionContext, isSame, Refusal } from "./outcome.ts";
import { knownVariation, newServe } from "./serving.ts";
import {
  configurationIn,
  type FlagPrerequisite,
  type FlagRule,
  type FlagState,
  type FlagTarget,
} from "./state.ts";
import type { Targeting, TargetingHandlers, TargetingKind } from "./targeting.ts";

export const targetingInstructions: TargetingHandlers<TargetingKind> = {
  turnFlagOn: () => ({ on: true }),
  turnFlagOff: () => ({ on: false }),
  addRule: ({ flag, configuration, context }, input) => {
    const { rules } = configuration;
    if (rules.some(({ id }) => id === input.ruleId)) {
      throw new Refusal(`there is a rule "${input.ruleId}" already; leave ruleId out`);
    }
    const rule = newRule(input, flag, context);
    if (input.beforeRuleId === undefined) return { rules: [...rules, rule] };
    const index = rules.findIndex(({ id }) => id === input.beforeRuleId);
    if (index === -1)
      throw new Refusal(`there is no rule "${input.beforeRuleId}" to put it before`);
    return { rules: rules.toSpliced(index, 0, rule) };
  },
  removeRule: ({ configuration: { rules } }, { ruleId }) => ({
    rules: rules.filter(({ id }) => id !== ruleId),
  }),
  replaceRules: ({ flag, context }, { rules }) => ({
    rules: rules.map((rule) => newRule(rule, flag, context)),
  }),
  reorderRules: ({ configuration: { rules } }, { ruleIds }) => ({
    rules: reordered(rules, ruleIds),
  }),
  updateRuleVariationOrRollout: ({ flag, configuration: { rules } }, { ruleId, ...input }) => ({
    rules: withRule(rules, ruleId, (rule) => ({ ...rule, serve: newServe(input, flag) })),
  }),
  updateRuleDescription: ({ configuration: { rules } }, { ruleId, description }) => ({
    rules: withRule(rules, ruleId, (rule) => ({ ...rule, description })),
  }),
  updateRuleTrackEvents: ({ configuration: { rules } }, { ruleId, trackEvents }) => ({
    rules: withRule(rules, ruleId, (rule) => ({ ...rule, trackEvents })),
  }),
  addClauses: ({ configuration: { rules }, context }, { ruleId, clauses }) => ({
    rules: withRule(rules, ruleId, (rule) => ({
      ...rule,
      clauses: [...rule.clauses, ...clauses.map((clause) => newClause(clause, context.newId))],
    })),
  }),
  removeClauses: ({ configuration: { rules } }, { ruleId, clauseIds }) => ({
    rules: withRule(rules, ruleId, (rule) => ({
      ...rule,
      clauses: rule.clauses.filter(({ id }) => !clauseIds.includes(id)),
    })),
  }),
  updateClause: ({ configuration: { rules }, context }, { clause, ...at }) => ({
    rules: withClause(rules, at, ({ id }) => newClause({ ...clause, _id: id }, context.newId)),
  }),
  addValuesToClause: ({ configuration: { rules }, context }, { values, ...at }) => ({
    rules: withClause(rules, at, (clause) => {
      const added = values.filter((value) => !clause.values.some((known) => isSame(known, value)));
      const { id, ...rest } = clause;
      return newClause({ ...rest, _id: id, values: [...clause.values, ...added] }, context.newId);
    }),
  }),
  removeValuesFromClause: ({ configuration: { rules } }, { values, ...at }) => ({
    rules: withClause(rules, at, (clause) => ({
      ...clause,
      values: clause.values.filter((value) => !values.some((gone) => isSame(gone, value))),
    })),
  }),
  addTargets: (at, input) => ({
    targets: addedTargets(at, { ...input, contextKind: input.contextKind ?? "user" }),
  }),
  addUserTargets: (at, input) => ({ targets: addedTargets(at, { ...input, contextKind: "user" }) }),
  removeTargets: (at, input) => ({
    targets: removedTargets(at, { ...input, contextKind: input.contextKind ?? "user" }),
  }),
  removeUserTargets: (at, input) => ({
    targets: removedTargets(at, { ...input, contextKind: "user" }),
  }),
  replaceTargets: ({ flag }, { targets }) => ({ targets: newTargets(flag, targets) }),
  replaceUserTargets: ({ flag, configuration }, { targets }) => ({
    targets: [
      ...newTargets(
        flag,
        targets.map((target) => ({ ...target, contextKind: "user" })),
      ),
      ...configuration.targets.filter(({ contextKind }) => contextKind !== "user"),
    ],
  }),
  clearTargets: ({ configuration: { targets } }, { variationId }) => ({
    targets: targets.filter((target) => target.variationId !== variationId),
  }),
  clearUserTargets: ({ configuration: { targets } }, { variationId }) => ({
    targets: targets.filter(
      (target) => target.variationId !== variationId || target.contextKind !== "user",
    ),
  }),
  ...expiringTargetInstructions,
  addPrerequisite: (at, { key, variationId }) => {
    const { prerequisites } = at.configuration;
    if (prerequisites.some((known) => known.key === key && known.variationId === variationId))
      return {};
    if (prerequisites.some((known) => known.key === key)) {
      throw new Refusal(`"${key}" is already a prerequisite; use updatePrerequisite`);
    }
    return { prerequisites: [...prerequisites, checkedPrerequisite(at, { key, variationId })] };
  },
  updatePrerequisite: (at, { key, variationId }) => {
    const { prerequisites } = at.configuration;
    if (!prerequisites.some((known) => known.key === key)) {
      throw new Refusal(`"${key}" is no prerequisite yet; use addPrerequisite`);
    }
    const changed = checkedPrerequisite(at, { key, variationId });
    return { prerequisites: prerequisites.map((known) => (known.key === key ? changed : known)) };
  },
  removePrerequisite: ({ configuration: { prerequisites } }, { key }) => ({
    prerequisites: prerequisites.filter((known) => known.key !== key),
  }),
  replacePrerequisites: (at, { prerequisites }) => ({
    prerequisites: prerequisites.map(({ key, variationId }) =>
      checkedPrerequisite(at, { key, variationId }),
    ),
  }),
  updateFallthroughVariationOrRollout: ({ flag }, input) => ({
    fallthrough: newServe(input, flag),
  }),
  updateOffVariation: ({ flag, configuration }, { variationId }) => {
    if (variationId !== undefined) return { offVariationId: knownVariation(flag, variationId) };
    const { offVariationId: _, ...rest } = configuration;
    return rest;
  },
  updateTrackEvents: (_, { trackEvents }) => ({ trackEvents }),
  updateTrackEventsFallthrough: (_, { trackEvents }) => ({ trackEventsFallthrough: trackEvents }),
  updateSalt: (_, { value }) => ({ salt: value }),
  updateFlagConfigMigrationSettings: ({ flag }, { checkRatio }) => {
    if (flag.migration === undefined) {
      throw new Refusal("the flag steers no migration; make one with the purpose migration");
    }
    return { checkRatio };
  },
};

function newRule(
  input: Omit<InstructionOf<"addRule">, "kind" | "beforeRuleId">,
  flag: FlagState,
  { newId }: InstructionContext<FlagState>,
): FlagRule {
  return {
    id: input.ruleId ?? newId(),
    ...(input.description === undefined ? {} : { description: input.description }),
    clauses: input.clauses.map((clause) => newClause(clause, newId)),
    serve: newServe(input, flag),
    trackEvents: input.trackEvents ?? false,
  };
}

function addedTargets(
  { flag, configuration }: Targeting,
  input: FlagTarget,
): readonly FlagTarget[] {
  knownVariation(flag, input.variationId);
  if (input.values.length === 0) return configuration.targets;
  const { contextKind, variationId } = input;
  const ofKind = configuration.targets.filter((target) => target.contextKind === contextKind);
  for (const target of ofKind) {
    const taken = target.values.find((key) => input.values.includes(key));
    if (taken !== undefined && target.variationId !== variationId) {
      throw new Refusal(
        `${contextKind} "${taken}" is a target of another variation; remove it there first`,
      );
    }
  }
  const same = ofKind.find((target) => target.variationId === variationId);
  const merged = {
    contextKind,
    variationId,
    values: [...new Set([...(same?.values ?? []), ...input.values])],
  };
  if (same === undefined) return [...configuration.targets, merged];
  return configuration.targets.map((target) => (target === same ? merged : target));
}

function removedTargets({ configuration }: Targeting, gone: FlagTarget): readonly FlagTarget[] {
  return configuration.targets
    .map((target) =>
      target.contextKind === gone.contextKind && target.variationId === gone.variationId
        ? { ...target, values: target.values.filter((key) => !gone.values.includes(key)) }
        : target,
    )
    .filter(({ values }) => values.length > 0);
}

function newTargets(
  flag: FlagState,
  targets: InstructionOf<"replaceTargets">["targets"],
): readonly FlagTarget[] {
  const seen = new Set<string>();
  return targets
    .map(({ variationId, values, contextKind = "user" }) => {
      for (const key of values) {
        const name = JSON.stringify([contextKind, key]);
        if (seen.has(name))
          throw new Refusal(`${contextKind} "${key}" is given twice; keep it once`);
        seen.add(name);
      }
      return { contextKind, variationId: knownVariation(flag, variationId), values };
    })
    .filter(({ values }) => values.length > 0);
}

function checkedPrerequisite(
  { flag, context }: Targeting,
  wanted: FlagPrerequisite,
): FlagPrerequisite {
  if (context.findFlag === undefined) return wanted;
  const other = wanted.key === flag.key ? flag : context.findFlag(wanted.key);
  if (other === undefined)
    throw new Refusal(`there is no flag "${wanted.key}" to require; check the spelling`);
  knownVariation(other, wanted.variationId);
  if (reaches(other, flag.key, context, new Set())) {
    throw new Refusal(
      `"${wanted.key}" requires "${flag.key}" already, so this would be a cycle; remove that first`,
    );
  }
  return wanted;
}

/** Whether following prerequisites from a flag leads to another. */
function reaches(
  from: FlagState,
  key: string,
  context: InstructionContext<FlagState>,
  seen: Set<string>,
): boolean {
  if (from.key === key) return true;
  if (seen.has(from.key)) return false;
  seen.add(from.key);
  const required = configurationIn(from, context.environmentKey ?? "")?.prerequisites ?? [];
  return required.some((next) => {
    if (next.key === key) return true;
    const flag = context.findFlag?.(next.key);
    return flag !== undefined && reaches(flag, key, context, seen);
  });
}
