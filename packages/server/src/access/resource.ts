/** What a policy can ask of one step of a resource's path, such as `env/production`. */
export interface ResourceStep {
  readonly kind: string;
  readonly key: string;
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, boolean>>;
}

/** A thing that is acted upon, from the outermost step to the thing itself. */
export type Resource = readonly ResourceStep[];

interface StepPattern {
  readonly kind: string;
  readonly key: string;
  readonly tags: readonly string[];
  readonly properties: readonly (readonly [string, boolean])[];
}

/** A specifier such as `proj/*:env/*;{critical:true}:flag/web-*;beta`, made ready to be compared. */
export interface ResourcePattern {
  /** Undefined for `*`, which stands for everything. */
  readonly steps: readonly StepPattern[] | undefined;
}

/** Thrown for a specifier that cannot be read; says what is wrong with it. */
export class SpecifierError extends Error {
  override readonly name = "SpecifierError";
}

export function parseSpecifier(specifier: string): ResourcePattern {
  if (specifier === "*") return { steps: undefined };
  return { steps: splitOutsideBraces(specifier, ":").map((step) => parseStep(step, specifier)) };
}

/** Whether selectors of the pattern look at tags or properties, which have to be fetched. */
export function asksForFacts({ steps = [] }: ResourcePattern): boolean {
  return steps.some(({ tags, properties }) => tags.length > 0 || properties.length > 0);
}

export function matchesResource({ steps }: ResourcePattern, resource: Resource): boolean {
  if (steps === undefined) return true;
  return (
    steps.length === resource.length &&
    steps.every((pattern, at) => {
      const step = resource[at];
      return step !== undefined && matchesStep(pattern, step);
    })
  );
}

function matchesStep(pattern: StepPattern, { kind, key, tags, properties }: ResourceStep): boolean {
  return (
    pattern.kind === kind &&
    matchesGlob(pattern.key, key) &&
    pattern.tags.every((wanted) => tags.some((tag) => matchesGlob(wanted, tag))) &&
    pattern.properties.every(([name, value]) => (properties[name] ?? false) === value)
  );
}

/** `*` stands for any characters, also none; everything else for itself. */
export function matchesGlob(glob: string, text: string): boolean {
  const [first = "", ...rest] = glob.split("*");
  const last = rest.pop();
  if (last === undefined) return text === glob;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function parseStep(step: string, specifier: string): StepPattern {
  const [path = "", ...selectors] = splitOutsideBraces(step, ";");
  const [kind = "", ...key] = path.split("/");
  if (!/^[a-z-]+$/u.test(kind)) {
    throw new SpecifierError(
      `the resource "${specifier}" cannot be read at "${step}"; write KIND/KEY, such as proj/*:env/production:flag/*`,
    );
  }
  const properties = selectors.filter((text) => text.startsWith("{"));
  const tags = selectors.filter((text) => !text.startsWith("{")).flatMap((text) => text.split(","));
  return {
    kind,
    // A kind that there is one of, such as acct, has no key.
    key: key.length === 0 ? "" : key.join("/"),
    tags: tags.filter((tag) => tag !== ""),
    properties: properties.flatMap((text) => parseProperties(text, specifier)),
  };
}

function parseProperties(text: string, specifier: string): [string, boolean][] {
  if (!text.endsWith("}")) throw new SpecifierError(`the resource "${specifier}" has no closing }`);
  return text
    .slice(1, -1)
    .split(",")
    .map((entry) => {
      const found = /^\s*"?(\w+)"?\s*:\s*(true|false)\s*$/u.exec(entry);
      if (found?.[1] === undefined) {
        throw new SpecifierError(
          `the property "${entry}" of resource "${specifier}" cannot be read; write {critical:true}`,
        );
      }
      return [found[1], found[2] === "true"];
    });
}

function splitOutsideBraces(text: string, mark: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character === mark && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${character}`);
  }
  return parts;
}
