import type { Decisions } from "./decision.ts";
import type { Detail, ExpectedType } from "./detail.ts";
import type { Environment } from "./environment.ts";
import type { Hooks } from "./hooks.ts";
import type { TrackedMigration } from "./migrations/migration-tracker.ts";
import type { Stage } from "./migrations/stage.ts";

/** What a flag is asked with: what serves where it gives nothing, and the type it has to be of. */
export interface Asked {
  readonly fallback: unknown;
  readonly type: ExpectedType;
}

/** Decisions with the hooks around them; `method` is what the app called. */
export class HookedDecisions {
  readonly #decisions: Decisions;
  readonly #hooks: Hooks;
  readonly #environment: Environment;

  constructor(decisions: Decisions, hooks: Hooks, environment: Environment) {
    this.#decisions = decisions;
    this.#hooks = hooks;
    this.#environment = environment;
  }

  valueOf(method: string, key: string, context: object, asked: Asked): unknown {
    return this.#around(method, key, context, { ...asked, hasReason: false }).value;
  }

  detailOf(method: string, key: string, context: object, asked: Asked): Detail<unknown> {
    const withReason = { ...asked, hasReason: true };
    return this.#hooks.isEmpty
      ? this.#decisions.detailOf({ key, context, ...withReason })
      : this.#around(method, key, context, withReason);
  }

  migrationOf(key: string, context: object, defaultStage: Stage): TrackedMigration {
    return this.#hooks.around(
      this.#series("migrationVariation", key, context, defaultStage),
      () => this.#decisions.migrationOf(key, context, defaultStage),
      (tracked) => this.#decisions.detailOfMigration(tracked),
    );
  }

  #around(
    method: string,
    key: string,
    context: object,
    asked: Asked & { readonly hasReason: boolean },
  ): Detail<unknown> {
    return this.#hooks.around(
      this.#series(method, key, context, asked.fallback),
      () => this.#decisions.detailOf({ key, context, ...asked }),
      (detail) => detail,
    );
  }

  #series(method: string, flagKey: string, context: object, defaultValue: unknown) {
    const { id } = this.#environment;
    const environment = id === undefined ? {} : { environmentId: id };
    return { flagKey, context, defaultValue, method, ...environment };
  }
}
