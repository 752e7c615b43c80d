import assert from "node:assert/strict";
import type { Bench, EventReceiver, SdkEvent } from "./bench.ts";
import { clientSideId, type Endpoint, type Received, says, streams } from "./endpoint.ts";
import { event } from "./sdk-data.ts";
import type { TestedClient } from "./tested-client.ts";
import { eventually } from "./within.ts";

type Members = Readonly<Record<string, unknown>>;

const ada = { kind: "user", key: "ada" };

/** What a flag gives a context, as browsers are sent it. */
export const result = (value: unknown, members: Members = {}): Members => ({
  value,
  variation: 1,
  version: 100,
  flagVersion: 7,
  trackEvents: false,
  ...members,
});
export const put = (flags: Members): string => event("put", flags);
/** A context as addresses carry it. */
export const encoded = (context: object): string =>
  Buffer.from(JSON.stringify(context)).toString("base64url");

/** A client with the services around it. */
interface Setting {
  readonly sdk: TestedClient;
  readonly stream: Endpoint;
  /** How the stream was asked for. */
  readonly asked: Received;
  readonly events: EventReceiver;
  readonly say: (text: string) => void;
  readonly sent: () => Promise<readonly SdkEvent[]>;
}

/** A client for a context, with these results. */
export async function clientOf(
  bench: Bench,
  flags: Members,
  options: {
    readonly context?: object;
    readonly clientSide?: Members;
    readonly events?: Members;
  } = {},
): Promise<Setting> {
  const stream = await bench.endpoint(streams(put(flags)));
  // An SDK may poll before it streams.
  const poll = await bench.endpoint(says(flags));
  const events = await bench.events();
  const sdk = await bench.clientWith({
    credential: clientSideId,
    streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
    polling: { baseUri: poll.url },
    events: { baseUri: events.url, flushIntervalMs: 1_000_000, ...options.events },
    clientSide: { initialContext: options.context ?? ada, ...options.clientSide },
  });
  return {
    sdk,
    stream,
    asked: await stream.next(),
    events,
    say: (text) => void stream.received.at(-1)?.response.write(text),
    sent: async () => {
      await sdk.flush();
      return events.batch();
    },
  };
}

export async function becomes(sdk: TestedClient, value: unknown, key = "flag"): Promise<void> {
  await eventually(async () => assert.equal(await sdk.value(key, {}, "fallback"), value));
}
