import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from "react";
import { refreshTouched } from "../api/queries.ts";
import { type LinkState, LiveLink } from "./live-link.ts";
import type { ChangeMessage, MessageOf, PresentPerson, TopicMessage } from "./messages.ts";
import { touches } from "./touched.ts";

export const LiveContext = createContext(new LiveLink());

/** Whether what is shown is now, or of when. */
export function useLive(): LinkState {
  const link = useContext(LiveContext);
  return useSyncExternalStore(link.subscribe, link.state);
}

/** Keeps the link, and fetches anew what is on screen when the server tells of a change. */
export function useLiveLink(): LiveLink {
  const client = useQueryClient();
  const [link] = useState(() => new LiveLink());
  useEffect(() => {
    const stop = link.onStale((resources) => {
      void refreshTouched(client, touches(resources));
    });
    link.open();
    return () => {
      stop();
      link.close();
    };
  }, [client, link]);
  return link;
}

/**
 * Listens to a topic of docs/live-channel.md while the component is shown, over losses of the link too:
 * `useTopic("sdks/web-shop", hear)`. Gives why it may not, where the server says so.
 */
export function useTopic<Topic extends string>(
  topic: Topic | undefined,
  hear: (message: MessageOf<Topic>) => void,
): string | undefined {
  const link = useContext(LiveContext);
  const [refused, setRefused] = useState<{ readonly topic: string; readonly why: string }>();
  // A topic brings messages of its own kind and no others.
  const heard = useEffectEvent((message: TopicMessage) => hear(message as MessageOf<Topic>));
  useEffect(() => {
    if (topic === undefined) return;
    return link.listen(
      topic,
      (message) => heard(message),
      (why) => setRefused({ topic, why }),
    );
  }, [link, topic]);
  return refused?.topic === topic ? refused?.why : undefined;
}

/** Hears of each change by anybody, one's own too, while the component is shown. */
export function useChanges(hear: (change: ChangeMessage) => void): void {
  const link = useContext(LiveContext);
  const heard = useEffectEvent(hear);
  useEffect(() => link.onChange((change) => heard(change)), [link]);
}

const nobody: readonly PresentPerson[] = [];

/** Who looks at a place such as `flag/web-shop/checkout`, oneself among them. */
export function usePresence(place: `${"p" | "flag" | "segment"}/${string}`) {
  const [there, setThere] = useState({ place: "", people: nobody });
  useTopic(place, ({ people }) => setThere({ place, people }));
  return there.place === place ? there.people : nobody;
}

/** Tells the others at a place that one changes something in an environment, while it is so. */
export function useEditing(place: string, environment: string | undefined): void {
  const link = useContext(LiveContext);
  useEffect(() => {
    if (environment === undefined) return;
    link.edit(place, environment);
    return () => link.edit(place, null);
  }, [link, place, environment]);
}
