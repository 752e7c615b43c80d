import { Check, Copy } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { CodeBlock, useCopy } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { t } from "./text.ts";

interface PersonalLink {
  readonly name: string;
  /** Where on this server it leads. */
  readonly path: string;
}

interface LinksDialogProps {
  readonly kind: "invitation" | "password";
  readonly links: readonly PersonalLink[];
  readonly onClose: () => void;
}

/** Links that let people in, shown this once; a press beside the dialog does not lose them. */
export function LinksDialog({ kind, links, onClose }: LinksDialogProps) {
  const urls = links.map(({ name, path }) => ({ name, url: `${location.origin}${path}` }));
  const [isCopied, copyAll] = useCopy(urls.map(({ name, url }) => `${name}: ${url}`).join("\n"));
  const name = links[0]?.name ?? "";
  return (
    <Dialog
      isOpen
      isHeld
      size="medium"
      onClose={onClose}
      title={
        kind === "invitation"
          ? t("members.links.title", { count: links.length })
          : t("members.links.password.title", { name })
      }
      actions={
        <>
          {links.length > 1 && (
            <Button
              icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
              onPress={copyAll}
            >
              {isCopied ? t("members.links.copied") : t("members.links.copyAll")}
            </Button>
          )}
          <Button look="primary" onPress={onClose}>
            {t("members.links.done")}
          </Button>
        </>
      }
    >
      <p className="mt-1 mb-3 text-ink2">
        {kind === "invitation" ? t("members.links.words") : t("members.links.password", { name })}
      </p>
      <ul className="space-y-3">
        {urls.map((one) => (
          <li key={one.url}>
            <div translate="no" className="mb-1 text-[13px] font-medium">
              {one.name}
            </div>
            <CodeBlock
              code={one.url}
              label={
                kind === "invitation"
                  ? t("members.links.one", { name: one.name })
                  : t("members.links.passwordOne", { name: one.name })
              }
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
