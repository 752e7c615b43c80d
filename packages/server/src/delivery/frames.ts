import type { EnvironmentChange, Item } from "../changes/feed.ts";

/**
 * The bytes of one or more events, encoded once for all who hear them: as they are, and as a chunk of
 * an HTTP/1.1 answer, so that they go to a socket as they lie.
 */
export interface Frame {
  readonly bytes: Buffer;
  readonly chunk: Buffer;
}

export const emptyFrame: Frame = { bytes: Buffer.alloc(0), chunk: Buffer.alloc(0) };

export function frameOf(text: string): Frame {
  const bytes = Buffer.from(text);
  if (bytes.length === 0) return emptyFrame;
  const size = bytes.length.toString(16);
  return { bytes, chunk: Buffer.concat([Buffer.from(`${size}\r\n`), bytes, Buffer.from("\r\n")]) };
}

/** One event. Only what carries an id counts as received up to there. */
export function eventText(event: string, data: object, id?: string): string {
  const idLine = id === undefined ? "" : `id: ${id}\n`;
  return `event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`;
}

/** A change as patches and deletes; the id stands on the last, so that a change counts whole or not. */
export function changeText({ epoch, to, items }: EnvironmentChange): string {
  const texts = items.map((item, index) =>
    itemText(item, index === items.length - 1 ? `${epoch}:${to}` : undefined),
  );
  return texts.join("");
}

function itemText({ kind, key, version, body }: Item, id: string | undefined): string {
  const path = `/${kind}s/${key}`;
  return body === undefined
    ? eventText("delete", { path, version }, id)
    : eventText("patch", { path, data: body }, id);
}
