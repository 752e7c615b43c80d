import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** Refetches what is on screen when the server tells of a change; true while linked. */
export function useLive(): boolean {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    let socket: WebSocket;
    let timer: ReturnType<typeof setTimeout>;
    let waitMs = 500;
    let isClosed = false;
    function refetch() {
      void client.invalidateQueries({ queryKey: ["flags"] });
    }
    function connect() {
      socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/live`);
      socket.onopen = () => {
        waitMs = 500;
        setLive(true);
        refetch();
      };
      socket.onmessage = (event) => {
        const message = JSON.parse(String(event.data)) as { readonly t: string };
        if (message.t === "change") {
          refetch();
        }
      };
      socket.onclose = () => {
        setLive(false);
        if (!isClosed) {
          timer = setTimeout(connect, waitMs * (0.5 + Math.random() / 2));
          waitMs = Math.min(waitMs * 2, 10_000);
        }
      };
    }
    connect();
    return () => {
      isClosed = true;
      clearTimeout(timer);
      socket.close();
    };
  }, [client]);
  return isLive;
}
