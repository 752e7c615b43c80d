import { changeText, emptyFrame, eventText, type Frame, frameOf } from "./frames.ts";
import { catchUpFrame, type Snapshot, type Step } from "./snapshot.ts";

/** What a stream says: each protocol has words of its own for the same history. */
export interface Voice {
  /** To a client that begins, or comes back with what it last heard. */
  first(snapshot: Snapshot, lastId: string | undefined): Frame;
  /** Of one change. */
  change(step: Step, snapshot: Snapshot): Frame;
  /** To a client that stopped reading at a version. */
  catchUp(snapshot: Snapshot, version: number): Frame;
  /** Before the server closes the stream; an SDK comes back by itself. */
  goodbye(): Frame;
}

/** The stream of server-side SDKs: `put`, then patches and deletes. */
export const serverVoice: Voice = {
  first: (snapshot, lastId) => catchUpFrame(snapshot, snapshot.versionOf(lastId)),
  change: (step) => step.frame("all", () => changeText(step.change)),
  catchUp: (snapshot, version) => catchUpFrame(snapshot, version),
  goodbye: () => emptyFrame,
};

/** The older streams, with flags or segments alone. */
export function partVoice(part: "flags" | "segments"): Voice {
  const everything = (snapshot: Snapshot) =>
    snapshot.frame(part, () => eventText("put", snapshot[part], snapshot.id));
  return {
    first: everything,
    change: (step) => step.frame(part, () => partText(step, part)),
    catchUp: everything,
    goodbye: () => emptyFrame,
  };
}

function partText({ change: { epoch, to, items } }: Step, part: "flags" | "segments"): string {
  const own = items.filter(({ kind }) => `${kind}s` === part);
  return own
    .map(({ key, version, body }) =>
      body === undefined
        ? eventText("delete", { path: `/${key}`, version }, `${epoch}:${to}`)
        : eventText("patch", { path: `/${key}`, data: body }, `${epoch}:${to}`),
    )
    .join("");
}

/** Says only that something changed: the client polls. */
export const pingVoice: Voice = {
  first: () => frameOf("event: ping\ndata:  \n\n"),
  change: (step) => step.frame("ping", () => "event: ping\ndata:  \n\n"),
  catchUp: () => frameOf("event: ping\ndata:  \n\n"),
  goodbye: () => emptyFrame,
};
