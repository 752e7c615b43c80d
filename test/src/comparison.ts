import { init } from "@halyard/sdk";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";

interface Difference {
  readonly flag: string;
  readonly context: object;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

const fallback = "the application's own";

/** Asks our SDK and LaunchDarkly's, both streaming from the server, for every flag and context. */
export async function compareSdks(
  server: { url: string; sdkKey: string },
  flagKeys: readonly string[],
  contexts: readonly object[],
): Promise<Comparison> {
  await using ours = init(server.sdkKey, { baseUri: server.url, sendEvents: false });
  const theirs = LaunchDarkly.init(server.sdkKey, {
    baseUri: server.url,
    streamUri: server.url,
    eventsUri: server.url,
    sendEvents: false,
    logger: LaunchDarkly.basicLogger({ level: "none" }),
  });
  try {
    const { status } = await ours.waitForInitialization({ timeout: 20 });
    if (status !== "complete") throw new Error(`our SDK did not start: ${status}`);
    await theirs.waitForInitialization({ timeout: 20 });
    const differences: Difference[] = [];
    for (const context of contexts) {
      for (const flag of flagKeys) {
        const detail = ours.variationDetail(flag, context, fallback);
        const mine = plain(detail);
        // Contexts include broken ones on purpose; the types of the SDK would refuse them.
        const other = plain(
          await theirs.variationDetail(flag, context as LaunchDarkly.LDContext, fallback),
        );
        if (canonical(mine) !== canonical(other)) {
          differences.push({ flag, context, ours: mine, theirs: other });
        }
      }
    }
    return { compared: contexts.length * flagKeys.length, differences };
  } finally {
    theirs.close();
  }
}

interface Detail {
  readonly value?: unknown;
  readonly variationIndex?: number | null;
  readonly reason: object;
}

function plain({ value, variationIndex, reason }: Detail): object {
  return { value, variationIndex: variationIndex ?? null, reason };
}

/** JSON with sorted members, so that only what is said counts, and not the order it is said in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
