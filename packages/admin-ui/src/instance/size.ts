import { locale } from "../text/locale.ts";

const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Bytes as people say them: "220 MB". */
export function formatSize(bytes: number): string {
  let at = 0;
  let value = bytes / 1_000;
  while (value >= 1_000 && at < units.length - 1) {
    value /= 1_000;
    at += 1;
  }
  const maximumFractionDigits = value < 10 && at > 0 ? 1 : 0;
  const unit = units[at] ?? "terabyte";
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits }).format(
    value,
  );
}
