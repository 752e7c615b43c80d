import { formatNumber } from "../../text/format.ts";
import { Cell, HeadCell, Table } from "../../ui/table.tsx";
import type { Evaluations } from "./evaluation-queries.ts";
import { t } from "./text.ts";

/** Which SDKs asked, for which application. */
export function SdkTable({ sdks }: Pick<Evaluations, "sdks">) {
  return (
    <section aria-labelledby="by-sdk">
      <h3 id="by-sdk" className="mb-2 font-semibold">
        {t("sdks.title")}
      </h3>
      <Table isDense caption={t("sdks.table")}>
        <thead>
          <tr>
            <HeadCell>{t("sdks.sdk")}</HeadCell>
            <HeadCell>{t("sdks.application")}</HeadCell>
            <HeadCell className="text-right">{t("evaluations.count")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {sdks.map(({ sdk, application, count }) => (
            <tr key={`${sdk} ${application}`}>
              <Cell>
                <code translate="no" className="font-mono text-[12.5px]">
                  {sdk}
                </code>
              </Cell>
              <Cell>
                {application === "" ? (
                  <span className="text-ink3">{t("sdks.unnamed")}</span>
                ) : (
                  <span translate="no">{application}</span>
                )}
              </Cell>
              <Cell className="text-right tabular-nums">{formatNumber(count)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
