/** A point in an environment's history. */
export interface Position {
  /** Names the history; a restored server begins a new one. */
  readonly epoch: string;
  readonly version: number;
}

/** Reads an event id `epoch:version`; other services have ids of other shapes, or none. */
export function parsePosition(id: string | undefined): Position | undefined {
  const match = /^(.+):(\d{1,15})$/u.exec(id ?? "");
  const [, epoch, version] = match ?? [];
  if (epoch === undefined || version === undefined) return undefined;
  return { epoch, version: Number(version) };
}
