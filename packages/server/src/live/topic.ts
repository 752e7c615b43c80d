import { z } from "zod";

/** What a page looks at, and so wants to hear about beside changes. */
export type Topic =
  | { readonly about: "project"; readonly project: string }
  | { readonly about: "flag"; readonly project: string; readonly flag: string }
  | {
      readonly about: "segment";
      readonly project: string;
      readonly environment: string;
      readonly segment: string;
    }
  | { readonly about: "sdks"; readonly project: string }
  | {
      readonly about: "tail";
      readonly project: string;
      readonly environment: string;
      /** Every flag's evaluations where it is absent. */
      readonly flag?: string;
    }
  | {
      readonly about: "counts";
      readonly project: string;
      readonly environment: string;
      readonly flag: string;
    };

const forms = [
  /^(?<about>p)\/(?<project>[^/?]+)$/u,
  /^(?<about>flag)\/(?<project>[^/?]+)\/(?<flag>[^/?]+)$/u,
  /^(?<about>segment)\/(?<project>[^/?]+)\/(?<environment>[^/?]+)\/(?<segment>[^/?]+)$/u,
  /^(?<about>sdks)\/(?<project>[^/?]+)$/u,
  /^(?<about>tail)\/(?<project>[^/?]+)\/(?<environment>[^/?]+)(?:\?flag=(?<flag>[^/?&]+))?$/u,
  /^(?<about>counts)\/(?<project>[^/?]+)\/(?<environment>[^/?]+)\/(?<flag>[^/?]+)$/u,
] as const;

/** The topic that a name such as `tail/web-shop/production?flag=checkout` stands for. */
export function topicNamed(name: string): Topic | undefined {
  for (const form of forms) {
    const found = form.exec(name)?.groups;
    if (found === undefined) continue;
    const { about = "", project = "", environment = "", flag, segment = "" } = found;
    switch (about) {
      case "p":
        return { about: "project", project };
      case "flag":
        return { about, project, flag: flag ?? "" };
      case "segment":
        return { about, project, environment, segment };
      case "sdks":
        return { about, project };
      case "tail":
        return { about, project, environment, ...(flag === undefined ? {} : { flag }) };
      default:
        return { about: "counts", project, environment, flag: flag ?? "" };
    }
  }
  return undefined;
}

/** Whether people are shown to each other where they look at it. */
export function isPlace({ about }: Topic): boolean {
  return about === "project" || about === "flag" || about === "segment";
}

const topicName = z.string().max(512);

/** What a page says. */
export const ClientMessage = z.discriminatedUnion("t", [
  z.object({ t: z.literal("sub"), topics: z.array(topicName).max(400) }),
  z.object({ t: z.literal("resume"), seq: z.int() }),
  z.object({
    t: z.literal("editing"),
    resource: topicName,
    /** Null where editing has ended. */
    env: z.string().max(100).nullable(),
  }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;
