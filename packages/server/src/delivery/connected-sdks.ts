import type { Stream, StreamOrigin } from "./stream.ts";

/** An SDK that holds a stream open. */
export interface ConnectedSdk {
  readonly environmentId: string;
  readonly stream: Stream;
  /** Unix milliseconds at which it last reported events; undefined before the first. */
  readonly lastEventAt: number | undefined;
}

export interface SdkMove {
  readonly environmentId: string;
  readonly stream: Stream;
  readonly kind: "joined" | "left";
}

/** Which SDKs are connected to which environment, and what is heard when that changes. */
export class ConnectedSdks {
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #lastEventAt = new WeakMap<Stream, number>();
  readonly #listeners = new Set<(move: SdkMove) => void>();

  add(environmentId: string, stream: Stream): void {
    const streams = this.#streams.get(environmentId) ?? new Set();
    this.#streams.set(environmentId, streams.add(stream));
    this.#tell({ environmentId, stream, kind: "joined" });
    stream.onClose(() => {
      if (!streams.delete(stream)) return;
      if (streams.size === 0) this.#streams.delete(environmentId);
      this.#tell({ environmentId, stream, kind: "left" });
    });
  }

  count(environmentId: string): number {
    return this.#streams.get(environmentId)?.size ?? 0;
  }

  /** Those of an environment, who came first first. */
  list(environmentId: string): readonly ConnectedSdk[] {
    return [...(this.#streams.get(environmentId) ?? [])].map((stream) => ({
      environmentId,
      stream,
      lastEventAt: this.#lastEventAt.get(stream),
    }));
  }

  /** Events came: from the stream of the same instance, or else from those that are alike. */
  noteEvents(environmentId: string, from: StreamOrigin, at: number): void {
    for (const stream of this.#streams.get(environmentId) ?? []) {
      if (isSameClient(stream.origin, from)) this.#lastEventAt.set(stream, at);
    }
  }

  onMove(listener: (move: SdkMove) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(move: SdkMove): void {
    for (const listener of this.#listeners) listener(move);
  }
}

function isSameClient(a: StreamOrigin, b: StreamOrigin): boolean {
  if (a.instanceId !== undefined || b.instanceId !== undefined)
    return a.instanceId === b.instanceId;
  return a.credential === b.credential && a.sdk === b.sdk && a.address === b.address;
}

/** What is shown of a connected SDK. */
export interface SdkRepresentation {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  readonly instance?: string;
  readonly application?: string;
  readonly wrapper?: string;
  readonly address: string;
  /** The end of the key that it came with. */
  readonly credential: string;
  /** Unix milliseconds. */
  readonly since: number;
}

export function sdkRepresentation({ id, origin, openedAt }: Stream): SdkRepresentation {
  const { sdk, wrapper, tags, instanceId, credential, address } = origin;
  const application = /(?:^|\s)application-id\/(\S+)/u.exec(tags ?? "")?.[1];
  return {
    id,
    ...nameAndVersion(sdk),
    ...(instanceId === undefined ? {} : { instance: instanceId }),
    ...(application === undefined ? {} : { application }),
    ...(wrapper === undefined ? {} : { wrapper }),
    address,
    credential: `…${credential.slice(-4)}`,
    since: openedAt,
  };
}

/** Of `NodeJSClient/9.1.0`; what a page's browser says of itself tells nothing of the SDK. */
export function nameAndVersion(sdk: string): { name: string; version?: string } {
  if (sdk.startsWith("Mozilla/")) return { name: "browser" };
  const [name = sdk, version] = sdk.split(" ")[0]?.split("/") ?? [];
  return version === undefined || version === "" ? { name } : { name, version };
}
