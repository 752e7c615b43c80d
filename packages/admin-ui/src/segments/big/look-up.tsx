import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { resource } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { segmentPath } from "../segment-queries.ts";
import type { ShownSegment } from "../shown-segment.ts";
import { ConfirmMembers } from "./confirm-members.tsx";
import { t } from "./text.ts";
import { type ListedAs, useMembership } from "./use-membership.ts";

interface Membership {
  readonly included: boolean;
  readonly excluded: boolean;
}

/** Says of one key whether it is listed, and lets that be changed. */
export function LookUp(props: ShownSegment) {
  const { project, environment, segment } = props;
  const [typed, setTyped] = useState("");
  const [key, setKey] = useState("");
  const path = segmentPath(project, environment.key, segment.key);
  const found = useQuery({
    ...resource<Membership>(`${path}/contexts/${encodeURIComponent(key)}`),
    enabled: key !== "",
  });
  return (
    <section aria-label={t("big.find")}>
      <h3 className="mb-1 text-[13px] font-medium">{t("big.find")}</h3>
      <form
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setKey(typed.trim());
        }}
      >
        <TextField
          label={t("big.find.key")}
          isLabelHidden
          placeholder={t("big.find.key")}
          value={typed}
          onChange={setTyped}
          isMono
          className="w-64 max-w-full"
        />
        <Button type="submit">{t("big.find.ask")}</Button>
      </form>
      {found.error !== null && <ErrorState what={t("big.find.failed")} error={found.error} />}
      {key !== "" && found.data !== undefined && (
        <Found {...props} contextKey={key} membership={found.data} />
      )}
    </section>
  );
}

interface FoundProps extends ShownSegment {
  readonly contextKey: string;
  readonly membership: Membership;
}

function Found({ contextKey, membership, ...segment }: FoundProps) {
  const change = useMembership(segment, { isUndone: true });
  const [asked, setAsked] = useState<ListedAs>();
  const listed = listedAs(membership);
  const act = (to: ListedAs) => {
    setAsked(undefined);
    change.mutate({ keys: [contextKey], to, from: listed });
  };
  const choose = (to: ListedAs) => (segment.environment.critical ? setAsked(to) : act(to));
  const name = (
    <b key="key" translate="no" className="font-mono text-[13px] font-medium break-all">
      {contextKey}
    </b>
  );
  const words = { included: "included", excluded: "excluded", unlisted: "none" } as const;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <p role="status">{t.rich(`big.found.${words[listed]}`, { key: name })}</p>
      {listed !== "included" && (
        <Button isPending={change.isPending} onPress={() => choose("included")}>
          {t("big.include")}
        </Button>
      )}
      {listed !== "excluded" && (
        <Button isPending={change.isPending} onPress={() => choose("excluded")}>
          {t("big.exclude")}
        </Button>
      )}
      {listed !== "unlisted" && (
        <Button look="quiet" isPending={change.isPending} onPress={() => choose("unlisted")}>
          {t("big.unlist")}
        </Button>
      )}
      <ConfirmMembers
        {...segment}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        onConfirm={() => asked !== undefined && act(asked)}
      />
    </div>
  );
}

function listedAs({ included, excluded }: Membership): ListedAs {
  if (included) return "included";
  return excluded ? "excluded" : "unlisted";
}
