import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { Delivery } from "./delivery.ts";
import { t } from "./text.ts";

const pageSize = 20;
const waitMs = 1_500;

interface DeliveryPage {
  readonly items: readonly Delivery[];
  readonly totalCount: number;
}

interface DeliveriesProps {
  /** Of the webhook or integration. */
  readonly of: string;
  /** Why nothing can be sent again. */
  readonly unavailable: string | undefined;
}

/** What was sent to somebody, how it was answered, and a way to send it again. */
export function Deliveries({ of, unavailable }: DeliveriesProps) {
  const path = `${of}/deliveries`;
  const [limit, setLimit] = useState(pageSize);
  const [shown, setShown] = useState<Delivery>();
  const { data, error, refetch, isPending } = useQuery({
    ...resource<DeliveryPage>(`${path}?limit=${limit}`),
    placeholderData: (before) => before,
    // A delivery is no change of the product, of which the server would tell.
    refetchInterval: ({ state }) => (state.data?.items.some(isWaiting) === true ? waitMs : false),
  });
  return (
    <div>
      <h2 className="font-semibold">{t("deliveries")}</h2>
      <p className="mb-3 text-[13px] text-ink2">{t("deliveries.words")}</p>
      {error && <ErrorState what={t("delivery.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={4} />}
      {data?.items.length === 0 && <Empty words={t("deliveries.none")} />}
      {data !== undefined && data.items.length > 0 && (
        <Table caption={t("deliveries")}>
          <thead>
            <tr>
              <HeadCell>{t("delivery.title")}</HeadCell>
              <HeadCell>{t("delivery.state")}</HeadCell>
              <HeadCell>{t("delivery.answer")}</HeadCell>
              <HeadCell>{t("delivery.attempts")}</HeadCell>
              <HeadCell>{t("delivery.when")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("delivery.actions")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {data.items.map((delivery) => (
              <DeliveryRow
                key={delivery._id}
                path={path}
                delivery={delivery}
                unavailable={unavailable}
                onShow={() => setShown(delivery)}
              />
            ))}
          </tbody>
        </Table>
      )}
      {data !== undefined && data.totalCount > data.items.length && (
        <Button className="mt-3" onPress={() => setLimit(limit + pageSize)}>
          {t("delivery.more")}
        </Button>
      )}
      {shown !== undefined && (
        <Message path={`${path}/${shown._id}`} onClose={() => setShown(undefined)} />
      )}
    </div>
  );
}

function isWaiting({ state, nextAttempt }: Delivery): boolean {
  return state === "pending" && (nextAttempt ?? 0) < Date.now() + waitMs;
}

const tones = { delivered: "on", pending: "plain", failed: "danger" } as const;

function DeliveryRow(props: {
  readonly path: string;
  readonly unavailable: string | undefined;
  readonly delivery: Delivery;
  readonly onShow: () => void;
}) {
  const { path, delivery } = props;
  const { state, statusCode, problem, attempts, lastAttempt, nextAttempt } = delivery;
  const again = useChange<void>({
    path,
    send: () => request("POST", `${path}/${delivery._id}/replay`),
    done: () => t("delivery.again.done"),
    failed: () => t("delivery.again.failed"),
  });
  return (
    <tr>
      <Cell className="max-w-96 min-w-52">
        <span translate="no">{delivery.title ?? t("delivery.hidden")}</span>
      </Cell>
      <Cell>
        <Badge tone={tones[state]}>{t(`delivery.${state}`)}</Badge>
      </Cell>
      <Cell className="max-w-64 text-[13px] text-ink2">
        <span translate="no">{problem ?? statusCode ?? "–"}</span>
      </Cell>
      <Cell className="tabular-nums">{attempts}</Cell>
      <Cell className="text-[13px] text-ink2">
        <RelativeTime at={lastAttempt ?? delivery.creationDate} />
        {nextAttempt !== undefined && (
          <span className="block">
            {t.rich("delivery.next", { when: <RelativeTime key="when" at={nextAttempt} /> })}
          </span>
        )}
      </Cell>
      <Cell>
        <span className="flex justify-end gap-1">
          <Button look="quiet" onPress={props.onShow}>
            {t("delivery.show")}
          </Button>
          <Button
            look="quiet"
            isPending={again.isPending}
            unavailable={props.unavailable}
            onPress={() => again.mutate()}
          >
            {t("delivery.again")}
          </Button>
        </span>
      </Cell>
    </tr>
  );
}

function Message({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery(resource<Delivery & { payload?: object }>(path));
  return (
    <Dialog
      isOpen
      size="medium"
      onClose={onClose}
      title={data === undefined ? t("delivery.message") : (data.title ?? t("delivery.hidden"))}
    >
      {error && <ErrorState what={t("delivery.message")} error={error} onRetry={refetch} />}
      {data !== undefined && (
        <CodeBlock
          label={t("delivery.message")}
          code={`webhook-id: ${data.messageId}\n\n${JSON.stringify(data.payload ?? null, null, 2)}`}
        />
      )}
    </Dialog>
  );
}
