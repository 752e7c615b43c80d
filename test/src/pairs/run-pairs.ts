// Compares random pairs of flags and contexts: as many as the first argument says, from the seed
// that the second one says.
import { randomInt } from "node:crypto";
import { comparePairs } from "./compare-pairs.ts";

const [count = 1_000_000, seed = randomInt(2 ** 31)] = process.argv.slice(2).map(Number);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(`pairs: seed ${seed}`);
const start = performance.now();
const { pairs, flagSets, evaluations, differences, ...rest } = await comparePairs(count, seed);
const seconds = ((performance.now() - start) / 1000).toFixed(0);
for (const difference of differences) say(JSON.stringify(difference));
say(`pairs: reasons ${JSON.stringify(rest.reasons)}`);
say(`pairs: ${seconds} s`);
const [p99, ofFirst] = [rest.p99Us, rest.p99OfFirstUs].map((us) => us.toFixed(2));
say(`pairs: p99 of our evaluations ${p99} us; of a flag's first, which compiles it, ${ofFirst} us`);
say(
  `pairs: ${evaluations} evaluations (${flagSets} flag sets, ${pairs} contexts), ${differences.length} differences`,
);
process.exitCode = differences.length === 0 && evaluations > 0 ? 0 : 1;
