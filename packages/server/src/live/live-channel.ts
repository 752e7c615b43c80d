import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { authenticate } from "../access/authentication.ts";
import type { Actor, ChangeNotice, Feed } from "../changes/feed.ts";
import type { Db } from "../storage/database.ts";

const pingMs = 20_000;

/** The admin UI's channel at `/api/live`: every change, in words, to every open page. */
export function openLiveChannel(
  server: Server,
  { db, feed, now }: { db: Db; feed: Feed; now: () => number },
): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const alive = new WeakSet<WebSocket>();
  let seq = 0;

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (request.url?.split("?")[0] !== "/api/live") {
      socket.destroy();
      return;
    }
    // A page of another site could open a socket with our cookie, so it counts as an unsafe request.
    const credentials = { method: "POST", headers: request.headers };
    authenticate(db, credentials, now()).then(
      ({ actor }) =>
        sockets.handleUpgrade(request, socket, head, (accepted) => welcome(accepted, actor)),
      () => socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n"),
    );
  });

  const welcome = (socket: WebSocket, actor: Actor): void => {
    alive.add(socket);
    socket.on("pong", () => alive.add(socket));
    socket.on("error", () => socket.terminate());
    socket.send(JSON.stringify({ t: "hello", seq, user: actor.name, serverTime: now() }));
  };

  const unsubscribe = feed.onNotice((notice) => {
    seq += 1;
    const message = JSON.stringify(changeMessage(notice, seq));
    for (const socket of sockets.clients)
      if (socket.readyState === socket.OPEN) socket.send(message);
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
