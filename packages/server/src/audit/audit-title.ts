import { inWords } from "@halyard/instructions";
import { environmentKeyOf, type LoggedChange, nameOfThing } from "./logged-change.ts";

const irregular: Readonly<Record<string, string>> = {
  give: "gave",
  keep: "kept",
  leave: "left",
  let: "let",
  make: "made",
  put: "put",
  send: "sent",
  set: "set",
  stop: "stopped",
  take: "took",
};

/** Of these, sentences speak without saying which it is. */
const namedApart = ["flag", "segment", "environment"];

/** What was done, such as "turned Checkout on in Production". */
export function titleVerb(entry: LoggedChange, environmentName?: string): string {
  const [first = inWords(entry.instructions[0]?.kind ?? "change"), ...others] = entry.words;
  const place = environmentName === undefined ? "" : ` in ${environmentName}`;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${withName(inPast(first), entry)}${place}${more}`;
}

/** The sentence with the name of the thing in it. */
function withName(done: string, entry: LoggedChange): string {
  const name = nameOfThing(entry);
  const what = `the ${entry.kind}`;
  if (done.includes(what) && namedApart.includes(entry.kind)) {
    const said = [`${what} ${entry.key}`, `${what} ${name}`, what];
    return done.replace(said.find((words) => done.includes(words)) ?? what, () => name);
  }
  return done.includes(name) || !namedApart.includes(entry.kind) ? done : `${done} (${name})`;
}

/** The environment that a change was made in, where it was one. */
export function onlyEnvironmentOf({ kind, resources }: LoggedChange): string | undefined {
  if (kind === "environment" || resources.length !== 1) return undefined;
  return environmentKeyOf(resources);
}

/** `Turn the flag on` as `turned the flag on`. */
function inPast(sentence: string): string {
  const [verb = "", ...rest] = sentence.split(" ");
  return [pastOf(verb.toLowerCase()), ...rest].join(" ");
}

function pastOf(verb: string): string {
  const known = Object.hasOwn(irregular, verb) ? irregular[verb] : undefined;
  if (known !== undefined) return known;
  if (verb.endsWith("e")) return `${verb}d`;
  return /[^aeiou]y$/u.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}
