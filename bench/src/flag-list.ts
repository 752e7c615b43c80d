// How long a list of flags takes in a project of 10,000, over HTTP and one after another. Each round
// asks every question once, so that whatever else the machine does meets all of them alike.
import { Management, ServerProcess } from "@halyard/test";

const flagCount = 10_000;
const chunk = 1000;
const rounds = 200;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const questions = {
  "first page": "",
  "first page, whole": "?summary=0",
  "far page": "?offset=9000",
  "by text": "?filter=query:flag-77",
  "by type, backwards by name": "?filter=type:permanent&sort=-name",
  "changed of late": '?filter=targetingModifiedDate:{"after":1000},filterEnv:production',
  "a hundred": "?limit=100",
};

await using server = await ServerProcess.start();
const management = new Management(server.url);
await management.createProject("many", ["production", "test"]);
for (let from = 0; from < flagCount; from += chunk) {
  const flags = Object.fromEntries(
    Array.from({ length: chunk }, (_, index) => [`flag-${from + index}`, flag(from + index)]),
  );
  const documents = { flags: { flags } };
  await management.import("many", { format: "flagd", environmentKey: "production", documents });
}
const times = new Map<string, number[]>(Object.keys(questions).map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, query] of Object.entries(questions)) {
    const started = performance.now();
    await management.ask("GET", `/api/v2/flags/many${query}`);
    times.get(name)?.push(performance.now() - started);
  }
}
for (const [name, found] of times) {
  const sorted = found.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  say(`${name.padEnd(28)} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

function flag(index: number): object {
  return {
    state: "ENABLED",
    variants: { old: `old-${index}`, new: `new-${index}`, control: "control" },
    defaultVariant: index % 3 === 0 ? "new" : "old",
    targeting: { if: [{ "==": [{ var: "country" }, `C${index % 50}`] }, "new", "old"] },
  };
}
