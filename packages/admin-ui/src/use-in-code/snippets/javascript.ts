import {
  npmInstall,
  type PackageManager,
  quoted,
  type Snippet,
  type SnippetFacts,
} from "./snippet.ts";

const sdk = "@halyard/sdk";
const context = `{ kind: "user", key: "ada" }`;

export function nodeSnippet(facts: SnippetFacts, manager: PackageManager): Snippet {
  const key = quoted(facts.flag);
  return {
    install: npmInstall(manager, sdk),
    file: "flags.mjs",
    code: `import { init } from "${sdk}";

const flags = init(${quoted(facts.sdkKey)}, {
  baseUri: ${quoted(facts.url)},
});
await flags.waitForInitialization({ timeout: 5 });
const ada = ${context};
const show = () => console.log(${key}, flags.variation(${key}, ada, ${JSON.stringify(facts.fallback)}));
flags.on(${quoted(`change:${facts.flag}`)}, show);
show();`,
    run: "node flags.mjs",
  };
}

export function browserSnippet(facts: SnippetFacts, manager: PackageManager): Snippet {
  const key = quoted(facts.flag);
  return {
    install: npmInstall(manager, sdk),
    file: "flags.js",
    code: `import { init } from "${sdk}/browser";

const ada = ${context};
const flags = init(${quoted(facts.clientSideId)}, ada, { baseUri: ${quoted(facts.url)} });
await flags.waitForInitialization({ timeout: 5 });
const show = () => console.log(${key}, flags.variation(${key}, ${JSON.stringify(facts.fallback)}));
flags.on(${quoted(`change:${facts.flag}`)}, show);
show();`,
  };
}

export function reactSnippet(facts: SnippetFacts, manager: PackageManager): Snippet {
  return {
    install: npmInstall(manager, sdk),
    file: "app.jsx",
    code: `import { FlagsProvider, useFlag } from "${sdk}/react";

function Example() {
  const value = useFlag(${quoted(facts.flag)}, ${JSON.stringify(facts.fallback)});
  return <p>{JSON.stringify(value)}</p>;
}

export const App = () => (
  <FlagsProvider
    clientSideId=${quoted(facts.clientSideId)}
    context={${context}}
    options={{ baseUri: ${quoted(facts.url)} }}
  >
    <Example />
  </FlagsProvider>
);`,
  };
}
