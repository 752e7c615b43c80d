/** What stands for the parameters of a path, and whatever else a row says of what it made. */
export type Values = Readonly<Record<string, string>>;

/** Asks as the owner; throws where that does not succeed. Gives the location where nothing else is answered. */
export type AskAsOwner = (method: string, url: string, body?: unknown) => Promise<unknown>;

/** Asks as a member, which the owner is not, for it is a token; throws where that does not succeed. */
export type AskAsMember = AskAsOwner;

/** Something that a custom role allows; `{projectKey}` stands for the project's key. */
export interface Right {
  readonly action: string;
  readonly resource: string;
}

interface Asked {
  /** As it is registered, such as `PATCH /api/v2/flags/:projectKey/:flagKey`. */
  readonly route: string;
  /**
   * Makes what is asked about, in the project that `values` name; what it gives is added to them.
   * Without it the path's parameters name what stands in every project: the environment "test", and
   * in it a flag and a segment "standing". `fresh` is a key that nothing has yet.
   */
  readonly make?: (
    askAsOwner: AskAsOwner,
    values: Values,
    askAsMember: AskAsMember,
  ) => Promise<Values>;
  /** Is sent as JSON; a form as a form. */
  readonly body?: (values: Values) => unknown;
  readonly query?: string;
  /** Why there is nothing to be missed when the path's last parameter names nothing. */
  readonly neverMissing?: string;
}

/**
 * One route, and whom it is for, in words of its own: that tells a route that declares the wrong thing.
 * The request has to succeed for an owner.
 */
export type Row =
  | (Asked & { readonly needs: "being known" })
  | (Asked &
      Right & {
        /** Which base roles are let in: each that may this. */
        readonly needs: "reading" | "writing" | "administering";
        /** Whether who may not see it is told that there is nothing; so it is within a project, anyway. */
        readonly isHidden?: boolean;
        /** What else a custom role has to allow. */
        readonly besides?: readonly Right[];
        /**
         * For a list that leaves out what the caller may not see, instead of refusing: a text that is
         * shown to those alone who may.
         */
        readonly shows?: (values: Values) => string;
      });

/** The id in an answer. */
export function idOf(answer: unknown): string {
  if (typeof answer === "object" && answer !== null && "_id" in answer) return String(answer._id);
  throw new Error(`the answer has no _id: ${JSON.stringify(answer)}`);
}
