import type { JsonObject } from "@halyard/evaluation";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { useDraftDesk } from "./draft-desk.ts";
import type { Instructions } from "./steps.ts";

/** What a context gets, as SDKs report it. */
export interface Given {
  readonly value: unknown;
  readonly variationIndex: number | null;
  readonly reason: { readonly kind: string };
}

type Counts = readonly { readonly variation: number | null; readonly count: number }[];

/** What instructions would do to the contexts that were seen in 24 hours. */
export interface Impact {
  readonly seenCount: number;
  readonly changedCount: number;
  readonly withPrivateAttributesCount: number;
  readonly examples: readonly {
    readonly context: JsonObject;
    readonly before: Given;
    readonly after: Given;
  }[];
  readonly distribution: { readonly before: Counts; readonly after: Counts };
  readonly evaluationsPerMinute: number;
}

/** Until the draft has rested for so long the server is not asked. */
const restMs = 300;

/** What the draft would do. Undefined while it is not known. */
export function useImpact() {
  const { place, instructions, etag, conflict } = useDraftDesk();
  const rested = useRested(instructions);
  const { project, flag, environment } = place;
  const path = apiPath("projects", project, "flags", flag, "environments", environment, "impact");
  return useQuery({
    queryKey: ["impact", path, etag, rested],
    enabled: rested.length > 0 && conflict === undefined,
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<Impact>("POST", path, { instructions: rested }, { signal }),
  });
}

function useRested(instructions: Instructions): Instructions {
  const [rested, setRested] = useState(instructions);
  useEffect(() => {
    const timer = setTimeout(() => setRested(instructions), restMs);
    return () => clearTimeout(timer);
  }, [instructions]);
  return rested;
}
