const dayMs = 86_400_000;
const propertyKey = "halyard.keep-until";

/** A flag that somebody keeps off the board for now, as the server tells it. */
export interface KeptFlag {
  readonly key: string;
  readonly name: string;
  /** Unix milliseconds, at the end of the day. */
  readonly until: number;
}

/** `2030-01-31`: the day on which so many days are over. */
export function dayIn(days: number, now: number): string {
  return new Date(now + days * dayMs).toISOString().slice(0, 10);
}

/** Keeps a flag off the board until a day is over. */
export function keepingUntil(day: string, name: string): object {
  return { kind: "replaceCustomProperties", key: propertyKey, name, values: [day] };
}

/** Lets it be judged again. */
export function keepingNoLonger(name: string): object {
  return { kind: "replaceCustomProperties", key: propertyKey, name, values: [] };
}

/** The day that was kept to, as it is stored. */
export function dayOf(until: number): string {
  return new Date(until).toISOString().slice(0, 10);
}

export function isLater(day: string, now: number): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(day) && day > dayIn(0, now);
}
