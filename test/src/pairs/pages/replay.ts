import { type Replay, replay, type Vector } from "../vector.ts";

declare global {
  interface Window {
    replayed: Promise<Replay>;
  }
}

/** Fetches the vectors beside the page and evaluates them here. */
async function replayFetched(): Promise<Replay> {
  const response = await fetch("/vectors.json");
  return replay((await response.json()) as readonly Vector[]);
}

window.replayed = replayFetched();
