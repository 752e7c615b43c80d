/** What a script can tell from how a command ended. */
export const exitCode = {
  ok: 0,
  error: 1,
  needsAction: 2,
  notFound: 3,
  noPermission: 4,
  conflict: 5,
  usage: 64,
} as const;

/** Ends a command with words for people and a code for scripts. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = code;
  }
}
