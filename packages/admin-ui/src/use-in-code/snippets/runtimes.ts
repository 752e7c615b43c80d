import { assistantSnippet, curlSnippet } from "./by-hand.ts";
import { browserSnippet, nodeSnippet, reactSnippet } from "./javascript.ts";
import type { RuntimeId } from "./runtime-id.ts";
import { dotNetSnippet, goSnippet, javaSnippet, pythonSnippet } from "./servers.ts";
import type { PackageManager, Snippet, SnippetFacts } from "./snippet.ts";

interface Runtime {
  readonly id: RuntimeId;
  /** A name, which is the same in every language; the assistant's is a text. */
  readonly name?: string;
  /** Only flags that browsers may see come to it. */
  readonly isInBrowser?: boolean;
  /** Its packages come from npm. */
  readonly isFromNpm?: boolean;
  readonly snippet: (facts: SnippetFacts, manager: PackageManager) => Snippet;
}

/** Where a flag can be used, in the order in which they are offered. */
export const runtimes = [
  { id: "node", name: "Node", isFromNpm: true, snippet: nodeSnippet },
  { id: "browser", name: "Browser", isInBrowser: true, isFromNpm: true, snippet: browserSnippet },
  { id: "react", name: "React", isInBrowser: true, isFromNpm: true, snippet: reactSnippet },
  { id: "python", name: "Python", snippet: pythonSnippet },
  { id: "go", name: "Go", snippet: goSnippet },
  { id: "java", name: "Java", snippet: javaSnippet },
  { id: "dotnet", name: ".NET", snippet: dotNetSnippet },
  { id: "curl", name: "curl", snippet: curlSnippet },
  { id: "assistant", snippet: assistantSnippet },
] as const satisfies readonly Runtime[];

export function runtimeOf(id: RuntimeId): Runtime {
  return runtimes.find((one) => one.id === id) ?? runtimes[0];
}
