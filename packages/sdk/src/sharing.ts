import { Environment, type EnvironmentSettings } from "./environment.ts";

/**
 * Module state on purpose: however many clients a process makes for one environment, it holds one
 * stream and one set of flags.
 */
const open = new Map<string, Environment>();

/** The environment that is followed over this connection already, or a new one. */
export function sharedEnvironment(
  connection: string,
  settings: () => EnvironmentSettings,
): Environment {
  const known = open.get(connection);
  if (known !== undefined) return known;
  const environment = new Environment({
    ...settings(),
    onClose: () => void open.delete(connection),
  });
  open.set(connection, environment);
  return environment;
}
