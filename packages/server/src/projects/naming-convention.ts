import { z } from "zod";
import { DomainError } from "../errors.ts";
import type { Project } from "./project-queries.ts";

/** What follows the prefix. */
const forms = {
  camelCase: { pattern: /^[a-z][a-zA-Z0-9]*$/u, example: "darkMode" },
  upperCamelCase: { pattern: /^[A-Z][a-zA-Z0-9]*$/u, example: "DarkMode" },
  snakeCase: { pattern: /^[a-z0-9]+(_[a-z0-9]+)*$/u, example: "dark_mode" },
  kebabCase: { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/u, example: "dark-mode" },
  constantCase: { pattern: /^[A-Z0-9]+(_[A-Z0-9]+)*$/u, example: "DARK_MODE" },
} as const;

/** How the keys of a project's flags are formed. */
export const NamingConvention = z.object({
  case: z
    .enum(["camelCase", "upperCamelCase", "snakeCase", "kebabCase", "constantCase"])
    .optional(),
  prefix: z.string().max(100).optional(),
});
export type NamingConvention = z.infer<typeof NamingConvention>;

export function namingConventionOf({ naming_convention }: Project): NamingConvention | undefined {
  if (naming_convention === null) return undefined;
  return JSON.parse(naming_convention) as NamingConvention; // Written by this server.
}

/** Why a key is none for a flag of the project; undefined where it is one. */
export function problemOfFlagKey(project: Project, key: string): string | undefined {
  const { case: form, prefix = "" } = namingConventionOf(project) ?? {};
  const example = `${prefix}${forms[form ?? "kebabCase"].example}`;
  if (!key.startsWith(prefix))
    return `keys of flags begin with "${prefix}" in project "${project.key}"; choose one such as "${example}"`;
  if (form === undefined || forms[form].pattern.test(key.slice(prefix.length))) return undefined;
  return `keys of flags are in ${form} in project "${project.key}"; choose one such as "${example}"`;
}

export function refuseUnconventionalKey(project: Project, key: string): void {
  const problem = problemOfFlagKey(project, key);
  if (problem !== undefined) throw new DomainError("invalid_request", `flag "${key}": ${problem}`);
}
