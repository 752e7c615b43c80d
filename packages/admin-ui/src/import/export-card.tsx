import { Download } from "lucide-react";
import { apiPath } from "../api/queries.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { t } from "./text.ts";

/** The project as a file, which an import takes back. */
export function ExportCard({ project }: { readonly project: string }) {
  const file = `${project}.json`;
  return (
    <Card title={t("export.title")}>
      <p className="mb-3 text-ink2">{t("export.words")}</p>
      <a
        href={apiPath("projects", project, "export")}
        download={file}
        className={`${buttonClass()} max-w-full`}
      >
        <Download size={16} aria-hidden />
        <span className="min-w-0 truncate">{t("export.download", { file })}</span>
      </a>
    </Card>
  );
}
