import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { authenticate, type Credentials } from "../access/authentication.ts";
import { requireListedAddress } from "../access/ip-admission.ts";
import { clientAddress } from "../access/ip-allow-list.ts";
import { Access } from "../access/route-access.ts";
import type { Actor, ChangeNotice, Feed } from "../changes/feed.ts";
import type { Db } from "../storage/database.ts";

const pingMs = 20_000;

interface LiveParts {
  readonly db: Db;
  readonly feed: Feed;
  readonly now: () => number;
  readonly trustedProxies: readonly string[];
}

/** The admin UI's channel at `/api/live`: every change, in words, to every open page. */
export function openLiveChannel(
  server: Server,
  { db, feed, now, trustedProxies }: LiveParts,
): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const alive = new WeakSet<WebSocket>();
  const credentialsOf = new WeakMap<WebSocket, Credentials>();
  let seq = 0;

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (request.url?.split("?")[0] !== "/api/live") {
      socket.destroy();
      return;
    }
    // A page of another site could open a socket with our cookie, so it counts as an unsafe request.
    const credentials = { method: "POST", headers: request.headers };
    const forwarded = String(request.headers["x-forwarded-for"] ?? "");
    const address = clientAddress(request.socket.remoteAddress ?? "", forwarded, trustedProxies);
    const admitted = requireListedAddress(db, address);
    const known = admitted.then(() => authenticate(db, credentials, now()));
    known.then(
      ({ actor }) =>
        sockets.handleUpgrade(request, socket, head, (accepted) => {
          credentialsOf.set(accepted, credentials);
          welcome(accepted, actor);
        }),
      () => socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n"),
    );
  });

  const welcome = (socket: WebSocket, actor: Actor): void => {
    alive.add(socket);
    socket.on("pong", () => alive.add(socket));
    socket.on("error", () => socket.terminate());
    socket.send(JSON.stringify({ t: "hello", seq, user: actor.name, serverTime: now() }));
  };

  /** Roles change and sessions end while a page is open: who it is, is asked again each time. */
  const show = async (socket: WebSocket, notice: ChangeNotice, message: string): Promise<void> => {
    const credentials = credentialsOf.get(socket);
    if (credentials === undefined) return;
    const access = await authenticate(db, credentials, now()).then(
      (principal) => new Access(db, principal),
      () => undefined, // Nobody any more, so nothing is shown.
    );
    if (access === undefined) return socket.close(4401, "sign in again");
    if (!(await maySee(access, notice))) return;
    if (socket.readyState === socket.OPEN) socket.send(message);
  };

  let showing: Promise<unknown> = Promise.resolve();
  const unsubscribe = feed.onNotice((notice) => {
    seq += 1;
    const message = JSON.stringify(changeMessage(notice, seq));
    // One notice after the other, so that every page gets them in order.
    showing = showing.then(() =>
      Promise.allSettled([...sockets.clients].map((socket) => show(socket, notice, message))),
    );
  });

  const ping = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, pingMs);
  ping.unref();

  return () => {
    unsubscribe();
    clearInterval(ping);
    for (const socket of sockets.clients) {
      socket.send(JSON.stringify({ t: "bye", reason: "drain", retryMs: 500 }));
      socket.close();
    }
    sockets.close();
  };
}

/** What concerns a project is for those who may see it; the rest is for those who see the members. */
async function maySee(access: Access, { resources }: ChangeNotice): Promise<boolean> {
  const [first = ""] = resources;
  const project = /^proj\/([^:]+)/u.exec(first)?.[1];
  return project === undefined
    ? access.permits("viewMembers", ["member", "*"])
    : access.permits("viewProject", ["proj", project]);
}

function changeMessage({ changeId, at, actor, ...notice }: ChangeNotice, seq: number): object {
  return {
    t: "change",
    seq,
    at,
    who: { name: actor.name, kind: actor.kind },
    ...notice,
    auditId: changeId,
  };
}
