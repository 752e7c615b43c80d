import type { Flag } from "@halyard/evaluation";
import { event } from "./scripted-service.ts";

/** What one version changed: by key a new value, or null for a flag that was deleted. */
export type Step = Readonly<Record<string, string | null>>;

type Body = Flag | { readonly key: string; readonly version: number; readonly deleted: true };

/** An environment's history, which begins with no flags, as a service tells of it. */
export class History {
  readonly #steps: readonly Step[];
  readonly #generation: "first" | "second";

  constructor(steps: readonly Step[], generation: "first" | "second") {
    this.#steps = steps;
    this.#generation = generation;
  }

  get version(): number {
    return this.#steps.length;
  }

  /** The value of each flag at a version. */
  valuesAt(version: number): Readonly<Record<string, unknown>> {
    const values = [...this.#since(0, version)].map(([key, body]) => [key, valueIn(body)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  /** Everything there is at a version. */
  whole(version: number): string {
    const bodies = [...this.#since(0, version).values()].filter((body) => body.deleted !== true);
    if (this.#generation === "second") {
      return intent("xfer-full") + bodies.map(objectText).join("") + transferred(version);
    }
    const flags = Object.fromEntries(bodies.map((body) => [body.key, body]));
    return event("put", { path: "/", data: { flags, segments: {} } }, stateOf(version));
  }

  /** What changed after one version up to another, and what it follows on. */
  change(from: number, to: number): string {
    const bodies = [...this.#since(from, to).values()];
    const words =
      this.#generation === "second"
        ? intent("xfer-changes") + bodies.map(objectText).join("") + transferred(to)
        : bodies.map((body, at) => patchText(body, at === bodies.length - 1, to)).join("");
    return this.heartbeat(from) + words;
  }

  heartbeat(version: number): string {
    return `: ${stateOf(version)}\n\n`;
  }

  /** What a client is told that comes with this state. */
  answerTo(state: string | undefined): string {
    const version = state === undefined ? undefined : Number(state.split(":")[1]);
    if (version === undefined) return this.whole(this.version);
    if (version < this.version) return this.change(version, this.version);
    return this.#generation === "second" ? intent("none") : this.heartbeat(version);
  }

  #since(from: number, to: number): ReadonlyMap<string, Body> {
    const bodies = new Map<string, Body>();
    for (let version = from + 1; version <= to; version += 1) {
      for (const [key, value] of Object.entries(this.#steps[version - 1] ?? {})) {
        bodies.set(key, bodyOf(key, version, value));
      }
    }
    return bodies;
  }
}

const stateOf = (version: number): string => `e:${version}`;
const intent = (intentCode: string): string =>
  event("server-intent", { payloads: [{ id: "p", target: 1, intentCode, reason: "test" }] });
const transferred = (version: number): string =>
  event("payload-transferred", { state: stateOf(version), version });

function bodyOf(key: string, version: number, value: string | null): Body {
  return value === null
    ? { key, version, deleted: true }
    : { key, version, on: false, offVariation: 0, variations: [value] };
}

function valueIn(body: Body): unknown {
  return body.deleted === true ? undefined : (body as Flag).variations?.[0];
}

function objectText(body: Body): string {
  const { key, version } = body;
  return body.deleted === true
    ? event("delete-object", { kind: "flag", key, version })
    : event("put-object", { kind: "flag", key, version, object: body });
}

/** The state stands on the last, which ends the change. */
function patchText(body: Body, isLast: boolean, to: number): string {
  const { key, version } = body;
  const path = `/flags/${key}`;
  const id = isLast ? stateOf(to) : undefined;
  return body.deleted === true
    ? event("delete", { path, version }, id)
    : event("patch", { path, data: body }, id);
}
