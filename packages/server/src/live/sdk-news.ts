import {
  type ConnectedSdks,
  type SdkMove,
  type SdkRepresentation,
  sdkRepresentation,
} from "../delivery/connected-sdks.ts";
import type { LivePage } from "./live-page.ts";
import type { Subscription } from "./subscription.ts";

const gatherMs = 100;
/** More than this nobody reads; the count says the rest. */
const namedAtOnce = 50;

/** Tells pages which SDKs connect and go; what happens at nearly the same time is told together. */
export class SdkNews {
  readonly #sdks: ConnectedSdks;
  readonly #pages: ReadonlySet<LivePage>;
  readonly #unsubscribe: () => void;
  #moves: SdkMove[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(sdks: ConnectedSdks, pages: ReadonlySet<LivePage>) {
    this.#sdks = sdks;
    this.#pages = pages;
    this.#unsubscribe = sdks.onMove((move) => {
      this.#moves.push(move);
      this.#timer ??= setTimeout(() => this.#tell(), gatherMs).unref();
    });
  }

  /** What a page that begins to look has to know. */
  greet(page: LivePage, { topic, environments }: Subscription): void {
    for (const [id, env] of environments) {
      const instances = this.#sdks.list(id).map(({ stream }) => sdkRepresentation(stream));
      page.sendInPassing({
        t: "sdk",
        project: topic.project,
        env,
        connected: instances.length,
        joined: instances.slice(0, namedAtOnce),
        left: [],
      });
    }
  }

  close(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
  }

  #tell(): void {
    this.#timer = undefined;
    const moves = this.#moves;
    this.#moves = [];
    for (const environmentId of new Set(moves.map((move) => move.environmentId))) {
      const here = moves.filter((move) => move.environmentId === environmentId);
      const news = {
        t: "sdk",
        connected: this.#sdks.count(environmentId),
        joined: namesOf(here, "joined"),
        left: namesOf(here, "left"),
      };
      for (const page of this.#pages) {
        for (const { topic, environments } of page.subscriptions.values()) {
          const env = environments.get(environmentId);
          if (topic.about === "sdks" && env !== undefined)
            page.sendInPassing({ ...news, project: topic.project, env });
        }
      }
    }
  }
}

function namesOf(moves: readonly SdkMove[], kind: SdkMove["kind"]): readonly SdkRepresentation[] {
  return moves
    .filter((move) => move.kind === kind)
    .slice(0, namedAtOnce)
    .map(({ stream }) => sdkRepresentation(stream));
}
