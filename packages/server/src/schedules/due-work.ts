/** Something that is to be done when its time has come, such as applying scheduled changes. */
export interface DueWork {
  readonly name: string;
  /** Does all that is due. Doing it twice has to be like doing it once: a restart may come between. */
  run(): Promise<void>;
}

const paceMs = 1_000;

/** Does what is due, one kind after the other, again and again until it is closed. */
export class DueWorker {
  readonly #works: readonly DueWork[];
  readonly #onError: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> = Promise.resolve();
  #isBusy = false;

  constructor(works: readonly DueWork[], onError: (error: unknown) => void) {
    this.#works = works;
    this.#onError = onError;
    this.#timer = setInterval(() => {
      if (!this.#isBusy) void this.runDue();
    }, paceMs);
    this.#timer.unref();
  }

  /** Does now what is due; resolves when it is done. Failures are told, and do not keep the rest from it. */
  runDue(): Promise<void> {
    this.#running = this.#running.then(() => this.#runAll());
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #runAll(): Promise<void> {
    this.#isBusy = true;
    for (const work of this.#works) {
      try {
        await work.run();
      } catch (cause) {
        this.#onError(new Error(`${work.name} failed; it is tried again`, { cause }));
      }
    }
    this.#isBusy = false;
  }
}
