import type { WebSocket } from "ws";
import type { Credentials } from "../access/authentication.ts";
import type { Person } from "./presence.ts";
import type { Subscription } from "./subscription.ts";

/** Beyond this, what is only shown in passing is left out; changes still wait. */
const roomBytes = 256 * 1024;
/** Who is so far behind reads no more; its page comes back and resumes. */
const limitBytes = 8 * 1024 * 1024;
const evaluationsPerSecond = 50;

/** One open page of the admin UI. */
export class LivePage {
  readonly credentials: Credentials;
  /** Whoever looks, for the others; undefined for a token that is nobody's. */
  readonly person: Person | undefined;
  /** The number of the newest change when it came: the page hears of all after it. */
  readonly since: number;
  /** By the names of their topics. */
  subscriptions: ReadonlyMap<string, Subscription> = new Map();
  readonly #socket: WebSocket;
  #isAlive = true;
  #allowance = evaluationsPerSecond;
  #filledAt = 0;
  #dropped = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    socket: WebSocket,
    {
      credentials,
      person,
      since,
    }: { credentials: Credentials; person: Person | undefined; since: number },
  ) {
    this.#socket = socket;
    this.credentials = credentials;
    this.person = person;
    this.since = since;
    socket.on("pong", () => {
      this.#isAlive = true;
    });
    socket.on("error", () => socket.terminate());
  }

  /** One thing after the other, as the page asked for them. */
  inTurn(act: () => Promise<unknown>, onError: (error: unknown) => void): Promise<unknown> {
    this.#turn = this.#turn.then(act).catch(onError);
    return this.#turn;
  }

  send(message: string | object): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > limitBytes) this.#socket.terminate();
    else this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** Sends what may be left out, so that it never stands before a change. */
  sendInPassing(message: object): boolean {
    if (this.#socket.bufferedAmount > roomBytes) return false;
    this.send(message);
    return true;
  }

  /** Shows an evaluation, or counts it as left out. */
  sendEvaluation(message: object, now: number): void {
    const gained = ((now - this.#filledAt) / 1000) * evaluationsPerSecond;
    this.#allowance = Math.min(evaluationsPerSecond, this.#allowance + Math.max(0, gained));
    this.#filledAt = now;
    const dropped = this.#dropped;
    if (this.#allowance >= 1 && this.sendInPassing({ ...message, dropped })) {
      this.#allowance -= 1;
      this.#dropped = 0;
    } else this.#dropped += 1;
  }

  /** Counts evaluations that were left out before they came here. */
  dropEvaluations(count: number): void {
    this.#dropped += count;
  }

  /** Asks whether the page is still there; ends it where it did not answer the last time. */
  ping(): void {
    if (this.#isAlive) this.#socket.ping();
    else this.#socket.terminate();
    this.#isAlive = false;
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }
}
