import { locale } from "./locale.ts";

const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
const shortWeekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(locale, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const second = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hourCycle: "h23" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(locale);
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 3 });
const list = new Intl.ListFormat(locale);

/** All take Unix milliseconds. @public */
export const formatDay = (at: number): string => day.format(at);
export const formatMoment = (at: number): string => moment.format(at);
/** As `Tue`. */
export const formatShortWeekday = (at: number): string => shortWeekday.format(at);
/** As `Tuesday`. */
export const formatWeekday = (at: number): string => weekday.format(at);
/** As `14:02`. */
export const formatClock = (at: number): string => clock.format(at);
/** As `14:02:31`. */
export const formatSecond = (at: number): string => second.format(at);
/** @public */
export const formatNumber = (value: number): string => whole.format(value);
/** As `1.2K`. @public */
export const formatCompact = (value: number): string => compact.format(value);
/** A share from 0 to 1. @public */
export const formatShare = (share: number): string => percent.format(share);
/** @public */
export const formatList = (items: readonly string[]): string => list.format(items);

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** As "3 minutes ago" or "in 2 days"; below a minute "now". */
export function formatRelative(at: number, now: number): string {
  const seconds = (at - now) / 1_000;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(0, "second");
}
