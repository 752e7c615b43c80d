import type { IncomingMessage, Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { authenticate, type Credentials } from "../access/authentication.ts";
import { requireListedAddress } from "../access/ip-admission.ts";
import { clientAddress } from "../access/ip-allow-list.ts";
import type { Principal } from "../access/principal.ts";
import { Access } from "../access/route-access.ts";
import type { ChangeNotice, Feed } from "../changes/feed.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import type { Db } from "../storage/database.ts";
import type { ChangeMemory, NumberedNotice } from "./change-memory.ts";
import { EvaluationNews } from "./evaluation-news.ts";
import { LivePage } from "./live-page.ts";
import { Presence } from "./presence.ts";
import { SdkNews } from "./sdk-news.ts";
import { subscriptionsTo } from "./subscription.ts";
import { ClientMessage, isPlace } from "./topic.ts";

const pingMs = 20_000;
const countMs = 5_000;
const signInAgain = 4401;

export interface LiveParts {
  readonly db: Db;
  readonly feed: Feed;
  readonly delivery: Delivery;
  readonly intake: EventIntake;
  readonly memory: ChangeMemory;
  readonly now: () => number;
  readonly trustedProxies: readonly string[];
  readonly onError: (error: unknown) => void;
}

/**
 * The admin UI's channel at `/api/live`: every change, in words, to every open page; and beside the
 * changes what a page asks for: who else looks, which SDKs are connected, what they evaluate.
 */
export class LiveChannel {
  readonly #parts: LiveParts;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  readonly #pages = new Set<LivePage>();
  readonly #memory: ChangeMemory;
  readonly #presence = new Presence();
  readonly #sdkNews: SdkNews;
  readonly #evaluationNews: EvaluationNews;
  readonly #endings: (() => void)[];
  /** Pages get changes one after the other, so that each gets them in order. */
  #showing: Promise<unknown> = Promise.resolve();

  constructor(server: Server, parts: LiveParts) {
    const { feed, delivery, memory } = parts;
    this.#parts = parts;
    this.#memory = memory;
    this.#sdkNews = new SdkNews(delivery.sdks, this.#pages);
    this.#evaluationNews = new EvaluationNews({ ...parts, pages: this.#pages });
    server.on("upgrade", (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      if (request.url?.split("?")[0] !== "/api/live") {
        socket.destroy();
        return;
      }
      // A page of another site could open a socket with our cookie, so it counts as an unsafe request.
      const credentials = { method: "POST", headers: request.headers };
      this.#admit(request, credentials).then(
        (principal) =>
          this.#sockets.handleUpgrade(request, socket, head, (accepted) =>
            this.#welcome(accepted, { credentials, principal, resumeAfter: seqIn(request) }),
          ),
        () => socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n"),
      );
    });
    const pinging = setInterval(() => {
      for (const page of this.#pages) page.ping();
    }, pingMs).unref();
    const looking = setInterval(() => void this.#look().catch(parts.onError), countMs).unref();
    this.#endings = [
      feed.onNotice((notice) => this.#tell(this.#memory.add(notice))),
      () => clearInterval(pinging),
      () => clearInterval(looking),
      () => this.#sdkNews.close(),
      () => this.#evaluationNews.close(),
    ];
  }

  close(): void {
    for (const end of this.#endings) end();
    for (const page of this.#pages) {
      page.send({ t: "bye", reason: "drain", retryMs: 500 });
      page.close();
    }
    this.#sockets.close();
  }

  async #admit(request: IncomingMessage, credentials: Credentials): Promise<Principal> {
    const { db, now, trustedProxies } = this.#parts;
    const forwarded = String(request.headers["x-forwarded-for"] ?? "");
    const address = clientAddress(request.socket.remoteAddress ?? "", forwarded, trustedProxies);
    await requireListedAddress(db, address);
    return authenticate(db, credentials, now());
  }

  #welcome(
    socket: WebSocket,
    {
      credentials,
      principal: { actor, credential },
      resumeAfter,
    }: { credentials: Credentials; principal: Principal; resumeAfter: number | undefined },
  ): void {
    const { seq } = this.#memory;
    const isPerson = credential?.kind === "session";
    const person = isPerson ? { id: actor.id, name: actor.name } : undefined;
    const page = new LivePage(socket, { credentials, person, since: seq });
    this.#pages.add(page);
    page.send({ t: "hello", seq, user: actor.name, serverTime: this.#parts.now() });
    if (resumeAfter !== undefined) this.#resume(page, resumeAfter);
    socket.on("message", (data) => {
      void page.inTurn(() => this.#hear(page, String(data)), this.#parts.onError);
    });
    socket.on("close", () => {
      this.#pages.delete(page);
      this.#tellPresence(this.#presence.leave(page));
      this.#evaluationNews.follow();
    });
  }

  async #hear(page: LivePage, text: string): Promise<void> {
    const message = messageIn(text);
    if (message === undefined) {
      page.send({ t: "error", message: 'send JSON such as {"t":"sub","topics":["p/web-shop"]}' });
    } else if (message.t === "resume") this.#resume(page, message.seq);
    else if (message.t === "sub") await this.#subscribe(page, message.topics);
    else if (this.#presence.edit(page, message.resource, message.env ?? undefined))
      this.#tellPresence([message.resource]);
  }

  /** What was missed before the page came; what came after, it hears anyway. */
  #resume(page: LivePage, after: number): void {
    const missed = this.#memory.between(after, page.since);
    if (missed === undefined) {
      page.send({ t: "gap", seq: page.since });
      return;
    }
    this.#showing = this.#showing.then(async () => {
      for (const one of missed) await this.#show(page, one).catch(this.#parts.onError);
      page.send({ t: "resumed", seq: page.since });
    });
  }

  async #subscribe(page: LivePage, names: readonly string[]): Promise<void> {
    const before = page.subscriptions;
    const refused = await this.#grant(page, names);
    if (refused === undefined) return;
    page.send({ t: "subscribed", topics: [...page.subscriptions.keys()], refused });
    for (const [name, subscription] of page.subscriptions) {
      if (before.has(name)) continue;
      if (subscription.topic.about === "sdks") this.#sdkNews.greet(page, subscription);
      if (isPlace(subscription.topic)) this.#showPresence(page, name);
    }
  }

  /** Lets the page hear of what it may of the topics; undefined where it is nobody's any more. */
  async #grant(page: LivePage, names: readonly string[]): Promise<readonly object[] | undefined> {
    const access = await this.#accessOf(page);
    if (access === undefined) return undefined;
    const { granted, refused } = await subscriptionsTo(names, { db: this.#parts.db, access });
    // It may have gone meanwhile, and must not come back.
    if (!this.#pages.has(page)) return undefined;
    page.subscriptions = granted;
    const places = [...granted].flatMap(([name, { topic }]) => (isPlace(topic) ? [name] : []));
    if (page.person !== undefined)
      this.#tellPresence(this.#presence.move(page, page.person, places));
    this.#evaluationNews.follow();
    return refused;
  }

  /** Roles change and sessions end while a page is open: who it is, is asked again each time. */
  async #accessOf(page: LivePage): Promise<Access | undefined> {
    const { db, now } = this.#parts;
    try {
      return new Access(db, await authenticate(db, page.credentials, now()));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      page.close(signInAgain, "sign in again");
      return undefined;
    }
  }

  #tell(numbered: NumberedNotice): void {
    const message = JSON.stringify(changeMessage(numbered));
    this.#showing = this.#showing.then(() =>
      Promise.allSettled(
        [...this.#pages]
          .filter(({ since }) => numbered.seq > since)
          .map((page) => this.#show(page, numbered, message)),
      ),
    );
  }

  async #show(page: LivePage, numbered: NumberedNotice, message?: string): Promise<void> {
    const access = await this.#accessOf(page);
    if (access === undefined || !(await maySee(access, numbered.notice))) return;
    page.send(message ?? changeMessage(numbered));
  }

  #tellPresence(places: readonly string[]): void {
    for (const place of places) {
      for (const page of this.#pages)
        if (page.subscriptions.has(place)) this.#showPresence(page, place);
    }
  }

  #showPresence(page: LivePage, place: string): void {
    const people = this.#presence.peopleAt(place);
    page.sendInPassing({ t: "presence", resource: place, people });
  }

  /** Every few seconds: what pages may still hear of, and how often flags were evaluated. */
  async #look(): Promise<void> {
    for (const page of this.#pages) {
      if (page.subscriptions.size === 0) continue;
      const again = () => this.#grant(page, [...page.subscriptions.keys()]);
      await page.inTurn(again, this.#parts.onError);
    }
    await this.#evaluationNews.tellCounts();
  }
}

/** What concerns a project is for those who may see it; the rest is for those who see the members. */
async function maySee(access: Access, { resources }: ChangeNotice): Promise<boolean> {
  const [first = ""] = resources;
  const project = /^proj\/([^:]+)/u.exec(first)?.[1];
  return project === undefined
    ? access.permits("viewMembers", ["member", "*"])
    : access.permits("viewProject", ["proj", project]);
}

function changeMessage({ seq, notice }: NumberedNotice): object {
  const { changeId, at, actor, ...rest } = notice;
  const who = { name: actor.name, kind: actor.kind };
  return { t: "change", seq, at, who, ...rest, auditId: changeId };
}

function messageIn(text: string): ClientMessage | undefined {
  try {
    return ClientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // It is no JSON, and the page is told so.
  }
}

/** What a page that comes back says in the address it asks. */
function seqIn({ url }: IncomingMessage): number | undefined {
  const text = new URLSearchParams(url?.split("?")[1]).get("seq");
  return text === null ? undefined : Number(text);
}
