import { Link } from "@tanstack/react-router";
import { Card } from "../ui/card.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import type { ContextObject } from "./context-representation.ts";
import { type Individual, individualsOf, shownJson } from "./individual.ts";
import { t } from "./text.ts";

interface AttributesCardProps {
  readonly project: string;
  readonly environment: string;
  readonly named: { readonly kind: string; readonly key: string };
  readonly context: ContextObject;
}

/** What a context says of itself, and whom it was evaluated together with. */
export function AttributesCard({ project, environment, named, context }: AttributesCardProps) {
  const all = individualsOf(context);
  const own = all.find(({ kind }) => kind === named.kind);
  const others = all.filter(({ kind }) => kind !== named.kind);
  return (
    <div className="space-y-4">
      <Card title={t("context.attributes")}>
        {own === undefined || own.attributes.length + own.privateNames.length === 0 ? (
          <p className="text-ink2">{t("context.attributes.none")}</p>
        ) : (
          <AttributeList individual={own} />
        )}
      </Card>
      {others.length > 0 && (
        <Card title={t("context.together")}>
          <ul className="space-y-3">
            {others.map((other) => (
              <li key={other.kind}>
                <Link
                  to="/p/$project/contexts/$kind/$key"
                  params={{ project, kind: other.kind, key: other.key }}
                  search={{ env: environment }}
                  translate="no"
                  className="text-link hover:underline"
                >
                  {other.kind} <span className="font-mono text-[13px] break-all">{other.key}</span>
                </Link>
                <div className="mt-1">
                  <AttributeList individual={other} />
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t("context.json")}>
        <CodeBlock code={JSON.stringify(context, null, 2)} label={t("context.json")} />
      </Card>
    </div>
  );
}

function AttributeList({ individual }: { readonly individual: Individual }) {
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_1fr] gap-x-4 gap-y-1.5 text-[13px]">
      {individual.attributes.map(([name, value]) => (
        <div key={name} className="contents">
          <dt translate="no" className="max-w-36 truncate text-ink2">
            {name}
          </dt>
          <dd translate="no" className="font-mono break-all">
            {shownJson(value)}
          </dd>
        </div>
      ))}
      {individual.privateNames.map((name) => (
        <div key={name} className="contents">
          <dt translate="no" className="max-w-36 truncate text-ink2">
            {name}
          </dt>
          <dd className="text-ink3 italic" title={t("context.attributes.private.words")}>
            {t("context.attributes.private")}
          </dd>
        </div>
      ))}
    </dl>
  );
}
