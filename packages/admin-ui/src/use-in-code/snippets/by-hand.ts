import { quoted, type Snippet, type SnippetFacts, shellQuoted } from "./snippet.ts";

const ada = { kind: "user", key: "ada" };

/** Without an SDK: what a browser asks for, and the stream that a server listens to. */
export function curlSnippet({ url, sdkKey, clientSideId, flag }: SnippetFacts): Snippet {
  return {
    file: "shell",
    code: `# what the flag is, as SDKs on servers get it
curl -H ${shellQuoted(`Authorization: ${sdkKey}`)} ${shellQuoted(`${url}/sdk/flags/${encodeURIComponent(flag)}`)}

# what Ada gets, of the flags that browsers may see
curl -X REPORT -H 'Content-Type: application/json' -d ${shellQuoted(JSON.stringify(ada))} \\
  ${shellQuoted(`${url}/sdk/evalx/${clientSideId}/context`)}

# listen, as an SDK does: each change comes as a line
curl -N -H ${shellQuoted(`Authorization: ${sdkKey}`)} ${shellQuoted(`${url}/sdk/stream`)}`,
  };
}

/** What an assistant needs to know to bring the flag into a project and to prove it. */
export function assistantSnippet(facts: SnippetFacts): Snippet {
  const { url, sdkKey, clientSideId, environment, flag, fallback } = facts;
  return {
    file: "prompt",
    code: `Bring the feature flag ${quoted(flag)} into this project, and prove that it works.

The flags are served by Halyard at ${url},
which speaks LaunchDarkly's protocol. The environment is ${quoted(environment)}.
Its SDK key, for servers: ${sdkKey}
Its client-side ID, for browsers: ${clientSideId}

1. In JavaScript and TypeScript use @halyard/sdk:

   const flags = init(process.env.HALYARD_SDK_KEY, {
     baseUri: process.env.HALYARD_BASE_URI,
   });
   await flags.waitForInitialization({ timeout: 5 });
   const context = ${JSON.stringify(ada)};
   flags.variation(${quoted(flag)}, context, ${JSON.stringify(fallback)});

   In other languages use LaunchDarkly's server-side SDK, with its base,
   stream and events addresses all set to the address above.
2. Read the key and the address from the environment variables
   HALYARD_SDK_KEY and HALYARD_BASE_URI. Do not write the key into files
   that are checked in.
3. Make one client for the whole process, and wait for it before the first
   evaluation.
4. The fallback ${JSON.stringify(fallback)} is what the code gets while the
   server cannot be reached.
5. Prove it: run the code, print what the flag gives for the user "ada",
   keep the process running for ten seconds so that the evaluation is
   reported, and show me the output.`,
  };
}
