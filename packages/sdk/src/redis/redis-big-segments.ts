import type { BigSegmentStore } from "../big-segments.ts";
import { RedisLayout, type RedisOptions, type SendToRedis } from "./redis-layout.ts";

/** Memberships in big segments as Halyard, or LaunchDarkly's relay, keeps them in Redis. */
export function redisBigSegments(send: SendToRedis, options: RedisOptions = {}): BigSegmentStore {
  const layout = new RedisLayout(options);
  return {
    async lastUpToDate() {
      const said = await send(["GET", layout.bigSegmentsSynchronizedOn]);
      return typeof said === "string" && said !== "" ? Number(said) : undefined;
    },
    async membership(contextHash) {
      const [included, excluded] = await Promise.all(
        (["include", "exclude"] as const).map((list) =>
          send(["SMEMBERS", layout.bigSegments(list, contextHash)]),
        ),
      );
      // Who is in both lists is in.
      const entries = [...listOf(excluded, false), ...listOf(included, true)];
      return entries.length === 0 ? undefined : Object.fromEntries(entries);
    },
  };
}

function listOf(members: unknown, isIn: boolean): [string, boolean][] {
  const list = members instanceof Set ? [...members] : members;
  return Array.isArray(list) ? list.map((one) => [String(one), isIn]) : [];
}
