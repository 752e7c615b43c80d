import { useEffect, useRef, useState } from "react";
import type { EvalMessage } from "../live/evaluation-messages.ts";
import { useTopic } from "../live/use-live.ts";
import { emptyTail, type Tail, withEvaluations } from "./tail.ts";

const kept = 500;
/** Lines that come together are drawn together. */
const gatherMs = 100;

interface LiveTail {
  readonly tail: Tail;
  /** How many came while it was paused. */
  readonly waiting: number;
  readonly isPaused: boolean;
  readonly pause: (isPaused: boolean) => void;
  readonly clear: () => void;
  /** Why the server tells nothing. */
  readonly refused: string | undefined;
}

/** The evaluations of an environment as they come in; paused, they wait. */
export function useTail(topic: `tail/${string}`): LiveTail {
  const came = useRef<EvalMessage[]>([]);
  const [tail, setTail] = useState(emptyTail);
  const [isPaused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const refused = useTopic(topic, (message) => {
    came.current.push(message);
    if (came.current.length > kept) came.current.shift();
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (came.current.length === 0) return;
      if (isPaused) {
        setWaiting(came.current.length);
        return;
      }
      const news = came.current;
      came.current = [];
      setTail((was) => withEvaluations(was, news, kept));
    }, gatherMs);
    return () => clearInterval(timer);
  }, [isPaused]);
  return {
    tail,
    waiting,
    isPaused,
    pause: (paused) => {
      setWaiting(0);
      setPaused(paused);
    },
    clear: () => setTail((was) => ({ ...emptyTail, heard: was.heard })),
    refused,
  };
}
