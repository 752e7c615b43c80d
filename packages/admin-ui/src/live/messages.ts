import type { FlagInstruction } from "@halyard/instructions";
import type { EvalMessage, SdkMessage } from "./evaluation-messages.ts";

/** Somebody has changed something. */
export interface ChangeMessage {
  readonly t: "change";
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly who: { readonly name: string; readonly kind: string };
  /** Such as `proj/web-shop:env/production:flag/checkout`. */
  readonly resources: readonly string[];
  readonly environments: readonly string[];
  readonly instructions: readonly FlagInstruction[];
  readonly words: readonly string[];
  readonly auditId: string;
}

export interface PresentPerson {
  readonly id: string;
  readonly name: string;
  readonly initials: string;
  /** The environment that they are changing something in. */
  readonly editing?: string;
}

interface PresenceMessage {
  readonly t: "presence";
  /** The topic. */
  readonly resource: string;
  readonly people: readonly PresentPerson[];
}

/** How often a flag was evaluated within a minute. */
interface CountsMessage {
  readonly t: "counts";
  readonly project: string;
  readonly env: string;
  readonly flag: string;
  /** When the minute begins, in Unix milliseconds. */
  readonly at: number;
  readonly perVariation: readonly { readonly variation: number | null; readonly count: number }[];
}

export type TopicMessage = PresenceMessage | SdkMessage | EvalMessage | CountsMessage;

export type ServerMessage =
  | TopicMessage
  | ChangeMessage
  | { readonly t: "hello"; readonly seq: number }
  | { readonly t: "resumed"; readonly seq: number }
  /** More was missed than the server remembers. */
  | { readonly t: "gap"; readonly seq: number }
  | { readonly t: "bye"; readonly retryMs: number }
  | {
      readonly t: "subscribed";
      readonly refused: readonly { readonly topic: string; readonly message: string }[];
    };

/** What a topic such as `tail/web-shop/production` brings. */
export type MessageOf<Topic extends string> = Topic extends `sdks/${string}`
  ? SdkMessage
  : Topic extends `tail/${string}`
    ? EvalMessage
    : Topic extends `counts/${string}`
      ? CountsMessage
      : Topic extends `${"p" | "flag" | "segment"}/${string}`
        ? PresenceMessage
        : TopicMessage;

/** The topics that may have brought a message. */
export function topicsOf(message: TopicMessage): readonly string[] {
  switch (message.t) {
    case "presence":
      return [message.resource];
    case "sdk":
      return [`sdks/${message.project}`];
    case "eval": {
      const tail = `tail/${message.project}/${message.env}`;
      return [tail, `${tail}?flag=${message.flag}`];
    }
    case "counts":
      return [`counts/${message.project}/${message.env}/${message.flag}`];
    default:
      return message satisfies never;
  }
}
