import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { type AccessToken, allTokens, endingOf, tokenPath, tokensPath } from "../tokens/token.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CodeBlock, KeyCopy } from "../ui/copy.tsx";
import { ConfirmDialog, Dialog } from "../ui/dialog.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { ssoAddresses } from "./sso.ts";
import { t } from "./text.ts";

/** Statements of a token add to reading everything, which a directory does not need. */
const provisioning = [
  { effect: "allow", actions: ["manageScim"], resources: ["acct"] },
  { effect: "deny", actions: ["view*"], resources: ["*"] },
];

/** Where a directory comes, and by which tokens. */
export function ScimCard() {
  const address = useQuery(ssoAddresses).data?.scimUri;
  const { data } = useQuery(allTokens);
  const tokens = (data?.items ?? []).filter(isOfDirectory);
  const [made, setMade] = useState<AccessToken>();
  const create = useChange<void>({
    path: tokensPath,
    send: async () => {
      const body = { name: t("scim.create.name"), serviceToken: true, inlineRole: provisioning };
      setMade(await request<AccessToken>("POST", tokensPath, body));
    },
    failed: () => t("scim.create.failed"),
  });
  return (
    <Card title={t("scim.title")}>
      <p className="mb-3 text-[13px] text-ink3">{t("scim.words")}</p>
      {address !== undefined && (
        <dl className="mb-3">
          <dt className="text-xs text-ink3">{t("scim.address")}</dt>
          <dd className="min-w-0">
            <KeyCopy value={address} />
          </dd>
        </dl>
      )}
      {data !== undefined && tokens.length === 0 && (
        <p className="mb-3 text-ink2">{t("scim.tokens.none")}</p>
      )}
      {tokens.length > 0 && (
        <ul
          aria-label={t("scim.tokens")}
          className="mb-3 divide-y divide-line rounded-md border border-line"
        >
          {tokens.map((token) => (
            <TokenRow key={token._id} token={token} />
          ))}
        </ul>
      )}
      <Button
        isPending={create.isPending}
        unavailable={useUnavailable("createAccessToken", "service-token/*")}
        onPress={() => create.mutate()}
      >
        {t("scim.create")}
      </Button>
      {made !== undefined && (
        <Dialog
          isOpen
          isHeld
          size="medium"
          onClose={() => setMade(undefined)}
          title={t("scim.made.title")}
          actions={
            <Button look="primary" onPress={() => setMade(undefined)}>
              {t("scim.made.done")}
            </Button>
          }
        >
          <p className="mt-1 mb-3 text-ink2">{t("scim.made.words")}</p>
          <div className="space-y-3">
            <div>
              <div className="mb-1 text-[13px] font-medium">{t("scim.address")}</div>
              <CodeBlock code={address ?? ""} label={t("scim.address")} />
            </div>
            <div>
              <div className="mb-1 text-[13px] font-medium">{t("scim.made.token")}</div>
              <CodeBlock code={made.token} label={t("scim.made.token")} />
            </div>
          </div>
        </Dialog>
      )}
    </Card>
  );
}

/** A token that is allowed nothing but to provision. */
function isOfDirectory({ inlineRole = [] }: AccessToken): boolean {
  const allowed = inlineRole.filter(({ effect }) => effect === "allow");
  return allowed.length > 0 && allowed.every(({ actions = [] }) => actions.join() === "manageScim");
}

function TokenRow({ token }: { readonly token: AccessToken }) {
  const { _id, name, lastUsed } = token;
  const [isAsked, setAsked] = useState(false);
  const unavailable = useUnavailable("deleteAccessToken", `service-token/${_id}`);
  const remove = useChange<void>({
    path: tokensPath,
    send: () => request("DELETE", tokenPath(_id)),
    done: () => t("scim.deleted", { name }),
    failed: () => t("scim.delete.failed"),
  });
  return (
    <li className="flex items-center gap-3 px-3 py-1.5">
      <div className="min-w-0 flex-1">
        <span translate="no" className="font-medium">
          {name}
        </span>{" "}
        <code className="text-[13px] text-ink3">{endingOf(token)}</code>
        <div className="text-[13px] text-ink2">
          {lastUsed === 0 ? (
            t("scim.never")
          ) : (
            <>
              {t("scim.lastUsed")} <RelativeTime at={lastUsed} />
            </>
          )}
        </div>
      </div>
      <IconButton
        label={t("scim.delete", { name })}
        unavailable={unavailable}
        onPress={() => setAsked(true)}
      >
        <Trash2 size={16} aria-hidden />
      </IconButton>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t("scim.delete.title", { name })}
        action={t("scim.delete.action")}
        isDanger
        onConfirm={() => {
          setAsked(false);
          remove.mutate();
        }}
      >
        <p>{t("scim.delete.words")}</p>
      </ConfirmDialog>
    </li>
  );
}
