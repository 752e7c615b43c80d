import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState } from "react";
import { refresh } from "../api/queries.ts";

/** How the page is linked with the server. */
export interface LiveLink {
  readonly state: "connecting" | "live" | "reconnecting";
  /** Since when, in Unix milliseconds. */
  readonly since: number;
}

export const LiveContext = createContext<LiveLink>({ state: "connecting", since: 0 });

/** Whether what is shown is now, or of when. */
export function useLive(): LiveLink {
  return useContext(LiveContext);
}

/** Keeps the link, and fetches anew what is on screen when the server tells of a change. */
export function useLiveLink(): LiveLink {
  const client = useQueryClient();
  const [link, setLink] = useState<LiveLink>({ state: "connecting", since: Date.now() });
  useEffect(() => {
    let socket: WebSocket;
    let timer: ReturnType<typeof setTimeout>;
    let waitMs = 500;
    let isClosed = false;
    function connect() {
      socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/live`);
      socket.onopen = () => {
        waitMs = 500;
        setLink({ state: "live", since: Date.now() });
        void refresh(client);
      };
      socket.onmessage = (event) => {
        const message = JSON.parse(String(event.data)) as { readonly t: string };
        if (message.t === "change") void refresh(client);
      };
      socket.onclose = () => {
        if (isClosed) return;
        setLink((was) =>
          was.state === "reconnecting" ? was : { state: "reconnecting", since: Date.now() },
        );
        timer = setTimeout(connect, waitMs * (0.5 + Math.random() / 2));
        waitMs = Math.min(waitMs * 2, 10_000);
      };
    }
    connect();
    return () => {
      isClosed = true;
      clearTimeout(timer);
      socket.close();
    };
  }, [client]);
  return link;
}
