import type { Environment } from "../../api/representations.ts";
import { kindOf, type ListedFlag, ownerOf } from "./listed-flag.ts";
import { servingOf } from "./serving.ts";

/** The flags as a table that spreadsheets read (RFC 4180), with a column for each environment. */
export function csvOf(flags: readonly ListedFlag[], environments: readonly Environment[]): string {
  const head = [
    "key",
    "name",
    "kind",
    "lifetime",
    "state",
    "tags",
    "maintainer",
    "created",
    ...environments.flatMap(({ key }) => [`${key} on`, `${key} serves`]),
  ];
  const rows = flags.map((flag) => [
    flag.key,
    flag.name,
    kindOf(flag),
    flag.temporary ? "temporary" : "permanent",
    flag.archived ? "archived" : flag.deprecated ? "deprecated" : "live",
    flag.tags.join(" "),
    ownerOf(flag) ?? "",
    new Date(flag.creationDate).toISOString(),
    ...environments.flatMap(({ key }) => {
      const configuration = flag.environments?.[key];
      return configuration === undefined
        ? ["", ""]
        : [String(configuration.on), servingOf(flag, configuration)];
    }),
  ]);
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** What a spreadsheet would take for a formula begins with an apostrophe. */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
