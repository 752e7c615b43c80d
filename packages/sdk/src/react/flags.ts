import {
  createContext,
  createElement,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { type BrowserClient, createClient, type Detail, type Options } from "../browser/index.ts";
import type { FlagFallback, FlagKey, FlagValue } from "../flag-types.ts";

interface Below {
  readonly children?: ReactNode;
  /** True lets the components below wait for the first values instead of showing fallbacks. */
  readonly suspend?: boolean | undefined;
  /** What is shown while they wait. */
  readonly fallback?: ReactNode;
}

interface Own extends Below {
  readonly clientSideId: string;
  /** When it changes, it is identified; until its values are there, those of the one before stay. */
  readonly context: object;
  /** The JSON of the server client's `allFlagsState`: what the server and the first render show. */
  readonly bootstrap?: object | undefined;
  /** Read once, but for `hash`, which goes with the context. */
  readonly options?: Options | undefined;
}

interface Given extends Below {
  /** A client that you start and close. */
  readonly client: BrowserClient;
}

/** Either whom the provider makes a client for, or a client of yours. */
export type FlagsProviderProps = Own | Given;

export interface FlagOptions {
  /** True waits for the first values; needs a Suspense boundary between provider and component. */
  readonly suspend?: boolean;
}

interface Provided {
  readonly client: BrowserClient;
  readonly suspend: boolean;
  /** Kept, because `use` wants the same promise each time. */
  arrival?: Promise<unknown>;
}

const Flags = createContext<Provided | undefined>(undefined);

/** Gives the components below it flags. A client that it makes lives as long as it is mounted. */
export function FlagsProvider(props: FlagsProviderProps): ReactNode {
  return createElement<Given>("client" in props ? GivenFlags : OwnFlags, props as Given);
}

function GivenFlags({ client, suspend = false, fallback, children }: Given): ReactNode {
  const value = useMemo<Provided>(() => ({ client, suspend }), [client, suspend]);
  const below = suspend ? createElement(Suspense, { fallback }, children) : children;
  return createElement(Flags, { value }, below);
}

function OwnFlags(props: Below): ReactNode {
  const { clientSideId, context, bootstrap, options, ...below } = props as Own;
  const [client] = useState(() =>
    createClient(clientSideId, context, { ...options, bootstrap: bootstrap ?? options?.bootstrap }),
  );
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(closing.current);
    client.start();
    return () => {
      // Strict mode mounts again at once; its stream is not to be opened twice.
      closing.current = setTimeout(() => void client.close());
    };
  }, [client]);
  const wanted = JSON.stringify([context, options?.hash]);
  useEffect(() => {
    const [identified, hash] = JSON.parse(wanted) as [object, string | null];
    void client.identify(identified, { hash: hash ?? undefined });
  }, [client, wanted]);
  return createElement(GivenFlags, { ...below, client });
}

/** The client, to identify, track, or ask outside of rendering. */
export function useFlagsClient(): BrowserClient {
  return useProvided().client;
}

/** What the flag gives; renders anew only when that changes. Counted once for each that is shown. */
export function useFlag<K extends FlagKey, const F extends FlagFallback<K>>(
  key: K,
  fallback: F,
  options: FlagOptions = {},
): FlagValue<K, F> {
  const client = useReady(options);
  useCounted(client, key, () => client.variation(key, fallback));
  return useSyncExternalStore(
    client.watch,
    () => client.peek(key, fallback).value,
    () => client.peek(key, fallback, true).value,
  ) as FlagValue<K, F>;
}

export { useFlag as useVariation };

/** The flag's value and why; renders anew when either changes. */
export function useFlagDetail<K extends FlagKey, const F extends FlagFallback<K>>(
  key: K,
  fallback: F,
  options: FlagOptions = {},
): Detail<FlagValue<K, F>> {
  const client = useReady(options);
  useCounted(client, key, () => client.variationDetail(key, fallback));
  const shown = (fromBootstrap?: boolean): string =>
    JSON.stringify({ ...client.peek(key, fallback, fromBootstrap), ageMs: undefined });
  const text = useSyncExternalStore(
    client.watch,
    () => shown(),
    () => shown(true),
  );
  return useMemo(() => JSON.parse(text), [text]) as Detail<FlagValue<K, F>>;
}

/** Every flag's value; renders anew when any changes. Counts nothing. */
export function useFlags(options: FlagOptions = {}): ReturnType<BrowserClient["allFlags"]> {
  const client = useReady(options);
  return useSyncExternalStore(
    client.watch,
    () => client.allFlags(),
    () => client.allFlags(true),
  );
}

function useProvided(): Provided {
  const provided = use(Flags);
  if (provided === undefined) {
    throw new Error("halyard: there is no <FlagsProvider> above this component.");
  }
  return provided;
}

function useReady({ suspend }: FlagOptions): BrowserClient {
  const provided = useProvided();
  const { client } = provided;
  // A server has no stream to wait for: it shows the bootstrap, or the fallbacks.
  if ((suspend ?? provided.suspend) && !client.isReady && typeof document === "object") {
    provided.arrival ??= client.waitForInitialization();
    use(provided.arrival);
  }
  return client;
}

/** Counts what is shown: on mount, when it changes, and when it is shown to somebody else. */
function useCounted(client: BrowserClient, key: string, count: () => unknown): void {
  const latest = useRef(count);
  useEffect(() => {
    latest.current = count;
  });
  useEffect(() => {
    if (client.isReady) latest.current();
    return client.watch((changed, isOtherContext) => {
      if (isOtherContext || changed.includes(key)) latest.current();
    });
  }, [client, key]);
}
