import { z } from "zod";
import type { FuzzedOperation } from "./described-operations.ts";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

const ErrorBody = z.object({ code: z.string(), message: z.string().min(1) });
/** What only the server's own insides say: frames of a stack, places of files, and the store's words. */
const insides =
  /\n\s+at |node_modules|file:\/\/|\.ts:\d|\/(?:work|home|root|tmp|usr)\/|SQLITE_|SqliteError|constraint failed|\b(?:insert into|select .{1,80} from) "|TypeError|is not a function|Cannot read prop/u;

/** What is wrong with an answer; undefined where nothing is. */
export function problemOf(
  { status, text }: Answer,
  { statuses }: FuzzedOperation,
  commonStatuses: readonly string[],
): string | undefined {
  if (status >= 500) return `answered ${status} ${text}`;
  const isDescribed =
    statuses.includes(String(status)) ||
    statuses.includes(`${String(status).slice(0, 1)}XX`) ||
    commonStatuses.includes(String(status)) ||
    status === 304;
  if (!isDescribed) return `answered ${status}, which is not described: ${text.slice(0, 200)}`;
  if (status < 400) return undefined;
  if (insides.test(text)) return `shows its insides: ${text}`;
  return ErrorBody.safeParse(parsed(text)).success ? undefined : `is no error of ours: ${text}`;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // RFC 9457 calls it so.
    if (typeof value === "object" && value !== null && "detail" in value)
      return { message: value.detail, ...value };
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
