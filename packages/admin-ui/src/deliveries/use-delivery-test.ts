import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { say, sayFailure } from "../ui/toast.tsx";
import type { Delivery } from "./delivery.ts";
import { t } from "./text.ts";

/** Sends a test to a webhook or an integration, and says how it went. */
export function useDeliveryTest(path: string) {
  return useChange<void>({
    path: `${path}/deliveries`,
    send: async () => {
      const { state, statusCode, problem } = await request<Delivery>("POST", `${path}/test`);
      if (state === "delivered") say(t("test.good", { status: statusCode ?? 200 }));
      else sayFailure(t("test.bad"), problem ?? String(statusCode));
    },
    failed: () => t("test.bad"),
  });
}
