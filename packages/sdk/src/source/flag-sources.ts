import type { FlagSources, PolledSource, StreamedSource } from "../options.ts";
import type { Clock } from "./clock.ts";
import { FailoverSource, type Reading, type Synchronizer } from "./failover-source.ts";
import type { FlagSource, SourceListener } from "./flag-source.ts";
import { Poller } from "./poller.ts";
import { errorFrom, wantsFirstGeneration } from "./refusal.ts";
import { type RemoteSettings, RemoteSource } from "./remote-source.ts";
import { SecondGeneration } from "./second-generation.ts";

/** The sources that an app named, as one. */
export function failoverSource(
  { initializers = [], synchronizers, firstGeneration }: FlagSources,
  remote: RemoteSettings,
  clock: Clock,
): FlagSource {
  const polled = synchronizers.find((one) => "baseUri" in one);
  const fallback = firstGeneration ?? polled;
  const synchronizerOf =
    (one: StreamedSource | PolledSource): Synchronizer =>
    (onFirstGenerationOnly) =>
      new RemoteSource(
        {
          ...remote,
          ...("streamUri" in one ? streamed(one, polled) : onlyPolled(one)),
          generation: "second",
          ...(fallback === undefined ? {} : { onFirstGenerationOnly }),
        },
        clock,
      );
  return new FailoverSource(
    {
      initializers: initializers.map((one) => readerOf(one, remote)),
      synchronizers: synchronizers.map(synchronizerOf),
      firstGeneration:
        fallback &&
        (() =>
          new RemoteSource({ ...remote, ...onlyPolled(fallback), generation: "first" }, clock)),
    },
    clock,
  );
}

function streamed(
  { streamUri, reconnectDelayMs }: StreamedSource,
  polled: PolledSource | undefined,
) {
  return {
    streaming: true,
    streamUri,
    baseUri: polled?.baseUri ?? streamUri,
    ...(reconnectDelayMs === undefined ? {} : { reconnectDelayMs }),
  };
}

function onlyPolled({ baseUri, pollIntervalMs }: PolledSource) {
  return { streaming: false, baseUri, ...(pollIntervalMs === undefined ? {} : { pollIntervalMs }) };
}

/** Polls once; what goes wrong is told, and the next one may do better. */
function readerOf({ baseUri }: PolledSource, remote: RemoteSettings) {
  const { transport, headers, connectTimeoutMs: timeoutMs, filter } = remote;
  return async (listener: SourceListener, signal: AbortSignal): Promise<Reading> => {
    const protocol = new SecondGeneration(filter);
    let isLast = false;
    try {
      const body = await new Poller(transport).ask({
        url: baseUri + protocol.pollTarget(listener.held()).path,
        headers,
        signal,
        timeoutMs,
        isSecondGeneration: true,
        onAnswer: (answer) => {
          isLast = wantsFirstGeneration(answer);
        },
      });
      const told = protocol.takePoll(body);
      if (signal.aborted || told.kind === "nothing" || told.kind === "goodbye") return "nothing";
      if (told.kind === "current") listener.onCurrent("poll");
      else listener.onChange(told, "poll");
      return isLast ? "first generation" : "everything";
    } catch (cause) {
      if (signal.aborted) return "nothing";
      listener.onTrouble({ error: errorFrom(cause, signal), isRefused: false, retryInMs: 0 });
      return isLast ? "first generation" : "nothing";
    }
  };
}
