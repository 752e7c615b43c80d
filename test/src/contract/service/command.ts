import { z } from "zod";

const maybe = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);

/** A context, or a user of the older shape. */
const context = z.record(z.string(), z.unknown());
const about = { context: maybe(context), user: maybe(context) };
const nothing = z.unknown();

const single = z.object({
  kind: maybe(z.string()),
  key: z.string(),
  name: maybe(z.string()),
  anonymous: maybe(z.boolean()),
  private: maybe(z.array(z.string())),
  custom: maybe(z.record(z.string(), z.unknown())),
});

const compared = z.object({
  kind: z.string(),
  key: z.string(),
  attributes: maybe(z.array(z.object({ name: z.string(), value: z.unknown().optional() }))),
  privateAttributes: maybe(z.array(z.object({ value: z.string(), literal: maybe(z.boolean()) }))),
});
const oneOrMany = <T extends z.ZodType>(type: T) =>
  z.object({ single: maybe(type), multi: maybe(z.array(type)) });

const migration = { key: z.string(), context, defaultStage: z.string() };

/** What each command takes, under the command's own name. */
const parameters = {
  evaluate: z.object({
    ...about,
    flagKey: z.string(),
    valueType: maybe(z.enum(["bool", "int", "double", "string", "any"])),
    defaultValue: maybe(z.json()),
    detail: maybe(z.boolean()),
  }),
  evaluateAll: z.object({
    ...about,
    withReasons: maybe(z.boolean()),
    clientSideOnly: maybe(z.boolean()),
    detailsOnlyForTrackedFlags: maybe(z.boolean()),
  }),
  identifyEvent: z.object(about),
  customEvent: z.object({
    ...about,
    eventKey: z.string(),
    data: z.unknown().optional(),
    omitNullData: maybe(z.boolean()),
    metricValue: maybe(z.number()),
  }),
  flushEvents: nothing,
  getBigSegmentStoreStatus: nothing,
  secureModeHash: z.object(about),
  contextBuild: oneOrMany(single),
  contextConvert: z.object({ input: z.string() }),
  contextComparison: z.object({ context1: oneOrMany(compared), context2: oneOrMany(compared) }),
  migrationVariation: z.object(migration),
  migrationOperation: z.object({
    ...migration,
    readExecutionOrder: z.enum(["serial", "random", "concurrent"]),
    operation: z.enum(["read", "write"]),
    oldEndpoint: z.string(),
    newEndpoint: z.string(),
    payload: maybe(z.string()),
    trackLatency: maybe(z.boolean()),
    trackErrors: maybe(z.boolean()),
    trackConsistency: maybe(z.boolean()),
  }),
  registerFlagChangeListener: z.object({
    listenerId: z.string(),
    flagKey: maybe(z.string()),
    callbackUri: z.string(),
  }),
  registerFlagValueChangeListener: z.object({
    listenerId: z.string(),
    flagKey: z.string(),
    context: maybe(context),
    defaultValue: maybe(z.json()),
    callbackUri: z.string(),
  }),
  unregisterListener: z.object({ listenerId: z.string() }),
};

type CommandName = keyof typeof parameters;
export type Parameters<N extends CommandName> = z.infer<(typeof parameters)[N]>;

/** What a subject does for each command it knows; it may know fewer. */
export type Commands = {
  readonly [N in CommandName]?: (given: Parameters<N>) => unknown;
};

const named = z.object({ command: z.string() }).loose();

/** Runs the command, or throws what is wrong with it. */
export async function runCommand(commands: Commands, body: unknown): Promise<unknown> {
  const given = named.parse(body);
  if (!isCommandName(given.command)) throw new TypeError(`unknown command ${given.command}`);
  return run(commands, given.command, given[given.command]);
}

function run<N extends CommandName>(commands: Commands, name: N, given: unknown): unknown {
  const command = commands[name];
  if (command === undefined) throw new TypeError(`${name} is not supported`);
  // The schema of a name gives just what the command of that name takes.
  return command(parameters[name].parse(given) as Parameters<N>);
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(parameters, name);
}

export type ContextParts = z.infer<typeof single>;
export type ComparedParts = z.infer<typeof compared>;
