import type { EnvironmentChange, Item } from "../changes/feed.ts";

/** A stream's bytes for one event. Only what carries an id counts as received up to there. */
export function encodeFrame(event: string, data: object, id?: string): Buffer {
  const idLine = id === undefined ? "" : `id: ${id}\n`;
  return Buffer.from(`event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
}

/** A change as patches and deletes; the id stands on the last, so that a change counts whole or not. */
export function encodeChange({ epoch, to, items }: EnvironmentChange): Buffer {
  const frames = items.map((item, index) =>
    encodeItem(item, index === items.length - 1 ? `${epoch}:${to}` : undefined),
  );
  return Buffer.concat(frames);
}

function encodeItem({ kind, key, version, body }: Item, id: string | undefined): Buffer {
  const path = `/${kind}s/${key}`;
  return body === undefined
    ? encodeFrame("delete", { path, version }, id)
    : encodeFrame("patch", { path, data: body }, id);
}
