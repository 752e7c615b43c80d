import { Bench, type RunContext } from "./bench.ts";
import type { ContractCase, Mode } from "./contract-case.ts";

/** What became of a case; undefined where all is well. */
export interface Outcome {
  readonly contractCase: ContractCase;
  readonly error: unknown;
}

/** Runs cases against one test service, in one mode. */
export class Suite implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  readonly #run: RunContext;

  private constructor(serviceUrl: string, mode: Mode, capabilities: ReadonlySet<string>) {
    const shared = new Map<string, Promise<unknown>>();
    this.#run = {
      serviceUrl,
      mode,
      capabilities,
      // A name stands for one type: both are given in the same place.
      shared: <T>(name: string, make: (bench: Bench) => Promise<T>) => {
        const made = shared.get(name) ?? make(this.#stack.use(new Bench(this.#run)));
        shared.set(name, made);
        return made as Promise<T>;
      },
    };
  }

  /** Asks the service what it is capable of. */
  static async over(serviceUrl: string, mode: Mode): Promise<Suite> {
    return new Suite(serviceUrl, mode, await capabilitiesOf(serviceUrl));
  }

  applies({ needs, modes }: ContractCase): boolean {
    const { mode, capabilities } = this.#run;
    return modes.includes(mode) && needs.every((need) => capabilities.has(need));
  }

  async run({ run }: ContractCase): Promise<void> {
    await using bench = new Bench(this.#run);
    await run(bench);
  }

  /** Several at a time: most of a case is waiting. */
  async runAll(cases: readonly ContractCase[], atOnce: number): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const left = cases.filter((one) => this.applies(one)).values();
    const work = async (): Promise<void> => {
      for (const contractCase of left) {
        const error = await this.run(contractCase).then(
          () => undefined,
          (cause: unknown) => cause ?? new Error("rejected with nothing"),
        );
        outcomes.push({ contractCase, error });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return outcomes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** What the SDK behind a service can be held to. */
export async function modesOf(serviceUrl: string): Promise<readonly Mode[]> {
  const capabilities = await capabilitiesOf(serviceUrl);
  return capabilities.has("server-side") ? ["first", "second"] : ["client"];
}

async function capabilitiesOf(serviceUrl: string): Promise<ReadonlySet<string>> {
  const answer = await fetch(serviceUrl);
  const { capabilities = [] } = (await answer.json()) as { capabilities?: string[] };
  return new Set(capabilities);
}
