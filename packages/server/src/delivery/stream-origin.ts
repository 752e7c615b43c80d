import type { FastifyRequest } from "fastify";
import type { StreamOrigin } from "./stream.ts";

/** Who a request of an SDK comes from, as far as it says. */
export function originOf({ headers, ip }: FastifyRequest, credential: string): StreamOrigin {
  const said = (name: string) => {
    const value = headers[name];
    return typeof value === "string" && value !== "" ? value.slice(0, 256) : undefined;
  };
  const wrapper = said("x-launchdarkly-wrapper");
  const tags = said("x-launchdarkly-tags");
  const instanceId = said("x-launchdarkly-instance-id");
  return {
    credential,
    address: ip,
    sdk: said("x-launchdarkly-user-agent") ?? said("user-agent") ?? "unknown",
    ...(wrapper === undefined ? {} : { wrapper }),
    ...(tags === undefined ? {} : { tags }),
    ...(instanceId === undefined ? {} : { instanceId }),
  };
}
