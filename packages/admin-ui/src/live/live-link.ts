import { oldestAnswer } from "../api/answer-age.ts";
import { signInAgain } from "../api/session-end.ts";
import { type ChangeMessage, type ServerMessage, type TopicMessage, topicsOf } from "./messages.ts";

/** How the page is linked with the server. */
export interface LinkState {
  readonly state: "connecting" | "live" | "reconnecting";
  /** Since when, in Unix milliseconds. */
  readonly since: number;
}

interface Ears {
  readonly heard: Set<(message: TopicMessage) => void>;
  readonly refused: Set<(why: string) => void>;
  /** The people that were there last, for who begins to listen later. */
  presence: TopicMessage | undefined;
}

const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** Not to be let in without signing in. */
const signedOutCode = 4401;

/**
 * The page's one link with the server. It comes back by itself, says what it has heard last, and what
 * it looks at; whoever listens does not notice.
 */
export class LiveLink {
  #state: LinkState = { state: "connecting", since: Date.now() };
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = firstWaitMs;
  #seq: number | undefined;
  #isClosed = true;
  readonly #topics = new Map<string, Ears>();
  readonly #editing = new Map<string, string>();
  readonly #changed = new Set<(change: ChangeMessage) => void>();
  readonly #stale = new Set<(resources: readonly string[]) => void>();
  readonly #moved = new Set<() => void>();
  #isTelling = false;

  readonly state = (): LinkState => this.#state;

  /** Hears when the state has changed. */
  readonly subscribe = (listener: () => void): (() => void) => joined(this.#moved, listener);

  /** Hears of every change by anybody, the page's own too. */
  onChange(listener: (change: ChangeMessage) => void): () => void {
    return joined(this.#changed, listener);
  }

  /** Hears when what is on screen may be old: of these resources, or all of it where there are none. */
  onStale(listener: (resources: readonly string[]) => void): () => void {
    return joined(this.#stale, listener);
  }

  open(): void {
    this.#isClosed = false;
    this.#seq ??= oldestAnswer();
    this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** Hears of a topic until the function given back is called. */
  listen(
    topic: string,
    heard: (message: TopicMessage) => void,
    refused: (why: string) => void,
  ): () => void {
    const known = this.#topics.get(topic);
    const ears = known ?? { heard: new Set(), refused: new Set(), presence: undefined };
    ears.heard.add(heard);
    ears.refused.add(refused);
    // Which SDKs are there is told to who asks anew.
    if (known !== undefined && topic.startsWith("sdks/")) this.#say(this.#sub(topic));
    if (ears.presence !== undefined) heard(ears.presence);
    this.#topics.set(topic, ears);
    this.#tellTopics();
    return () => {
      ears.heard.delete(heard);
      ears.refused.delete(refused);
      if (ears.heard.size === 0 && this.#topics.get(topic) === ears) this.#topics.delete(topic);
      this.#tellTopics();
    };
  }

  /** Tells the others who look at a thing that it is being changed; null as environment ends it. */
  edit(resource: string, env: string | null): void {
    if (env === null) this.#editing.delete(resource);
    else this.#editing.set(resource, env);
    this.#say({ t: "editing", resource, env });
  }

  #connect(): void {
    const { origin } = location;
    const resume = this.#seq === undefined ? "" : `?seq=${this.#seq}`;
    const socket = new WebSocket(`${origin.replace(/^http/u, "ws")}/api/live${resume}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#waitMs = firstWaitMs;
      // Where no answer said how old it is, nobody knows what has changed since.
      if (this.#seq === undefined) this.#tellStale();
      this.#move("live");
      this.#say(this.#sub());
      for (const [resource, env] of this.#editing) this.#say({ t: "editing", resource, env });
    };
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as ServerMessage);
    socket.onclose = ({ code }) => {
      if (this.#isClosed || socket !== this.#socket) return;
      if (this.#state.state !== "reconnecting") this.#move("reconnecting");
      void this.#comeBack(code === signedOutCode);
    };
  }

  async #comeBack(hasToSignIn: boolean): Promise<void> {
    if (hasToSignIn) await signInAgain();
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.#connect(), this.#waitMs * (0.5 + Math.random() / 2));
    this.#waitMs = Math.min(this.#waitMs * 2, longestWaitMs);
  }

  #hear(message: ServerMessage): void {
    switch (message.t) {
      case "hello":
        this.#seq ??= message.seq;
        return;
      case "change":
        this.#seq = Math.max(this.#seq ?? 0, message.seq);
        for (const listener of this.#changed) listener(message);
        this.#tellStale(message.resources);
        return;
      case "gap":
        this.#seq = message.seq;
        this.#tellStale();
        return;
      case "resumed":
        this.#seq = Math.max(this.#seq ?? 0, message.seq);
        return;
      case "bye":
        this.#waitMs = message.retryMs;
        return;
      case "subscribed":
        for (const { topic, message: why } of message.refused)
          for (const listener of this.#topics.get(topic)?.refused ?? []) listener(why);
        return;
      case "counts":
      case "eval":
      case "presence":
      case "sdk":
        this.#pass(message);
        return;
      default:
        message satisfies never;
    }
  }

  #pass(message: TopicMessage): void {
    for (const topic of topicsOf(message)) {
      const ears = this.#topics.get(topic);
      if (ears === undefined) continue;
      if (message.t === "presence") ears.presence = message;
      for (const listener of ears.heard) listener(message);
    }
  }

  /** Many components come and go at once, and the server is told of all of them together. */
  #tellTopics(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#say(this.#sub());
    });
  }

  #sub(without?: string): object {
    return { t: "sub", topics: [...this.#topics.keys()].filter((topic) => topic !== without) };
  }

  #say(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #move(state: LinkState["state"]): void {
    this.#state = { state, since: Date.now() };
    for (const listener of this.#moved) listener();
  }

  #tellStale(resources: readonly string[] = []): void {
    for (const listener of this.#stale) listener(resources);
  }
}

function joined<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
