import { randomUUID } from "node:crypto";
import type { Log } from "./logger.ts";
import type { Settings, Tags } from "./options.ts";
import { sdkName, sdkVersion } from "./sdk-version.ts";

/** By the name that the header gives it, in the header's order. */
const tagNames = [
  ["application-id", "applicationId"],
  ["application-name", "applicationName"],
  ["application-version", "applicationVersion"],
  ["application-version-name", "applicationVersionName"],
] as const satisfies readonly (readonly [string, keyof Tags])[];

/** What every request of a client carries: who asks, with which key, for which application. */
export function requestHeaders(
  { sdkKey, tags, wrapper }: Pick<Settings, "sdkKey" | "tags" | "wrapper">,
  log: Log,
): Readonly<Record<string, string>> {
  const tagText = tagsText(tags, log);
  return {
    authorization: sdkKey,
    "user-agent": `${sdkName}/${sdkVersion}`,
    "x-launchdarkly-instance-id": randomUUID(),
    ...(tagText === "" ? {} : { "x-launchdarkly-tags": tagText }),
    ...(wrapper === undefined || wrapper.name === ""
      ? {}
      : { "x-launchdarkly-wrapper": wrapperText(wrapper) }),
  };
}

function tagsText(tags: Tags, log: Log): string {
  return tagNames
    .flatMap(([name, option]) => {
      const value = tags[option];
      if (value === undefined || value === "") return [];
      if (/^[\w.-]{1,64}$/u.test(value)) return [`${name}/${value}`];
      log.warnOnce(
        `tag ${option}`,
        () =>
          `tags.${option} is left out: a tag is up to 64 letters, digits, ".", "_" and "-"; got ${JSON.stringify(value)}.`,
      );
      return [];
    })
    .join(" ");
}

function wrapperText({ name, version }: NonNullable<Settings["wrapper"]>): string {
  return version === undefined || version === "" ? name : `${name}/${version}`;
}
