/** The header by which an answer says the newest change that it holds; docs/live-channel.md has its numbers. */
const header = "x-change-seq";

let oldest: number | undefined;

export function noteAge(headers: Headers): void {
  const text = headers.get(header);
  if (text !== null) oldest = Math.min(Number(text), oldest ?? Number.POSITIVE_INFINITY);
}

/** The newest change that all of the page's answers hold, so that it can ask what came after. */
export function oldestAnswer(): number | undefined {
  return oldest;
}
