import { z } from "zod";
import type { FuzzedOperation } from "./described-operations.ts";

const mostOfAKind = 6;
const mostNames = 300;
/** Members that name a thing, by what the parameter is called. */
const Item = z.object({
  _id: z.string().optional(),
  id: z.string().optional(),
  key: z.string().optional(),
});
const List = z.object({ items: z.array(z.unknown()) });
const Identity = z.object({ tokenId: z.string() });

/** What stands for the parameters of a path, by their names. */
type Parameters = Readonly<Record<string, string>>;

/** Finds what is there to be asked about, by the lists that the operations give. */
export class ThingsThere {
  readonly #lists: ReadonlySet<string>;
  readonly #templates: readonly string[];
  readonly #get: (path: string) => Promise<unknown>;
  readonly #found = new Map<string, readonly Parameters[]>();
  #ownToken = "";
  /** Keys and ids of whatever is there, that bodies may name. */
  names: readonly string[] = [];

  constructor(operations: readonly FuzzedOperation[], get: (path: string) => Promise<unknown>) {
    this.#templates = [...new Set(operations.map(({ template }) => template))];
    this.#lists = new Set(
      operations.filter(({ method }) => method === "get").map(({ template }) => template),
    );
    this.#get = get;
  }

  /** Looks again what is there. */
  async look(): Promise<void> {
    this.#found.clear();
    const identity = Identity.parse(await this.#get("/api/v2/caller-identity"));
    this.#ownToken = identity.tokenId;
    const names = new Set<string>();
    for (const template of this.#templates) {
      for (const parameters of await this.#parametersOf(template))
        for (const value of Object.values(parameters)) names.add(value);
    }
    for (const template of this.#lists) {
      if (!template.endsWith("}")) continue;
      for (const path of (await this.pathsOf(template)).slice(0, 3))
        for (const name of namesIn(await this.#get(path))) names.add(name);
    }
    names.delete(this.#ownToken);
    this.names = [...names].slice(0, mostNames);
  }

  /** Paths to things that are there. */
  async pathsOf(template: string): Promise<readonly string[]> {
    return (await this.#parametersOf(template)).map((parameters) => filled(template, parameters));
  }

  async #parametersOf(template: string): Promise<readonly Parameters[]> {
    const known = this.#found.get(template);
    if (known !== undefined) return known;
    const found = await this.#find(template);
    this.#found.set(template, found);
    return found;
  }

  async #find(template: string): Promise<readonly Parameters[]> {
    const names = parameterNames(template);
    const last = names.at(-1);
    if (last === undefined) return [{}];
    const before = template.slice(0, template.lastIndexOf(`/{${last}}`));
    const parents = await this.#parametersOf(before);
    const list = this.#listOf(before, last, names);
    if (list === undefined) return [];
    const all: Parameters[] = [];
    for (const parent of parents.slice(0, mostOfAKind)) {
      for (const value of await this.#valuesIn(filled(list, parent), last))
        all.push({ ...parent, [last]: value });
    }
    return all;
  }

  /** The list that holds what a parameter names: beside it, or wherever else it is listed. */
  #listOf(before: string, name: string, names: readonly string[]): string | undefined {
    if (this.#lists.has(before)) return before;
    const others = this.#templates
      .filter((template) => template.includes(`/{${name}}`))
      .map((template) => template.slice(0, template.indexOf(`/{${name}}`)));
    return others.find(
      (other) =>
        this.#lists.has(other) && parameterNames(other).every((one) => names.includes(one)),
    );
  }

  async #valuesIn(path: string, name: string): Promise<readonly string[]> {
    const list = List.safeParse(await this.#get(path));
    if (!list.success) return [];
    const values = list.data.items.flatMap((item) => {
      const { _id, id, key } = Item.catch({}).parse(item);
      const value = name.endsWith("Key") ? (key ?? _id) : (_id ?? id ?? key);
      return value === undefined || value === this.#ownToken ? [] : [value];
    });
    // The newest too, for they were made by requests like these.
    return [...new Set([...values.slice(0, 3), ...values.slice(-3)])];
  }
}

function parameterNames(template: string): string[] {
  return [...template.matchAll(/\{([^}]+)\}/gu)].map(([, name = ""]) => name);
}

/** Every key and id in a representation. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === "string" && /^(_id|id|key|ref)$/u.test(name) ? [one] : namesIn(one),
  );
}

function filled(template: string, parameters: Parameters): string {
  return template.replaceAll(/\{([^}]+)\}/gu, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? "missing"),
  );
}
