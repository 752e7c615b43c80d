import type { Json, JsonObject } from "@halyard/evaluation";
import type { DraftPlace } from "../draft/draft-store.ts";
import { quoted } from "../review/script.ts";

interface Question {
  readonly place: DraftPlace;
  readonly context: JsonObject;
  readonly origin: string;
}

/** Asks the server, for what is saved. */
export function curlFor({ place, context, origin }: Question): string {
  const filter = encodeURIComponent(`key equals "${place.flag}"`);
  const path = `/api/v2/projects/${place.project}/environments/${place.environment}/flags/evaluate`;
  return [
    `curl -X POST '${origin}${path}?filter=${filter}' \\`,
    '  -H "Authorization: $HALYARD_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d ${quoted(JSON.stringify(context))}`,
  ].join("\n");
}

export function commandFor({ place, context }: Question): string {
  const { flag, environment, project } = place;
  return `halyard eval ${flag} --project ${project} -e ${environment} --context ${quoted(JSON.stringify(context))}`;
}

/** A test that holds what the context gets. */
export function testFor(
  { place, context, origin }: Question,
  { name, value }: { readonly name: string; readonly value: Json },
): string {
  const shown = JSON.stringify(value);
  const title = JSON.stringify(`${place.flag} gives ${name} ${shown}`);
  return `import { init } from "@halyard/sdk";
import { expect, it } from "vitest";

it(${title}, async () => {
  await using flags = init(process.env.HALYARD_SDK_KEY!, { baseUri: ${JSON.stringify(origin)} });
  await flags.waitForInitialization({ timeout: 5 });
  const context = ${JSON.stringify(context)};
  expect(flags.variation(${JSON.stringify(place.flag)}, context, null)).toEqual(${shown});
});
`;
}
