import { useQuery, useQueryClient } from "@tanstack/react-query";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { me } from "../../session/me.ts";
import { say, sayFailure } from "../../ui/toast.tsx";
import { writeDraft } from "../draft/draft-store.ts";
import { draftsMoved } from "../draft/use-drafts.ts";
import { keysOf, variationIn } from "../draft/use-required-flags.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { flagStateOf } from "../state/flag-state.ts";
import { promotionOf } from "./promote.ts";
import { t } from "./text.ts";

interface Way {
  readonly project: string;
  readonly from: string;
  readonly to: string;
  /** The name of where it goes. */
  readonly name: string;
}

/** Makes a draft for each flag; nothing is written on the server. */
export function usePromotion({ project, from, to, name }: Way) {
  const client = useQueryClient();
  const { data } = useQuery(me);
  const member = data?.id ?? "";
  const read = (key: string) => request<FlagRepresentation>("GET", apiPath("flags", project, key));
  async function draft(key: string) {
    const flag = await read(key);
    const required = await Promise.all(keysOf(flag).map(read));
    const base = flagStateOf(flag, variationIn(new Map(required.map((one) => [one.key, one]))));
    const instructions = promotionOf(base, { from, to, newId: () => crypto.randomUUID() });
    if (instructions.length === 0) return false;
    const place = { member, project, flag: key, environment: to };
    await writeDraft({ ...place, base, instructions, at: Date.now() });
    return true;
  }
  return async (flags: readonly FlagRepresentation[]) => {
    let count = 0;
    for (const { key, name: called } of flags) {
      try {
        if (await draft(key)) count += 1;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        sayFailure(t("promotion.failed", { flag: called }), why);
      }
    }
    draftsMoved(client);
    if (count > 0) say(t("promotion.copied", { count, environment: name }));
  };
}
