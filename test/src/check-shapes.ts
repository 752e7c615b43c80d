// Holds the REST API against a description of version 2: which of its operations are served, and
// whether what they answer has the shape it should. The folder with rest-api-v2.schema.json comes as
// the argument; without it there is nothing to hold, and that is said.
import { readdirSync } from "node:fs";
import { type DescribedOperation, RestDescription } from "@halyard/server/testing";
import { z } from "zod";
import { Management } from "./management.ts";
import { ExchangeRecord, type Shapes } from "./rest-exchange.ts";
import { ServerProcess } from "./server-process.ts";

const say = (line: string): void => void process.stdout.write(`shapes: ${line}\n`);
const [, , folder = ""] = process.argv;
const description = RestDescription.find(folder);

if (description === undefined) say(`no rest-api-v2.schema.json in "${folder}"; nothing checked`);
else process.exitCode = (await checkShapes(description)) ? 0 : 1;

async function checkShapes(rest: RestDescription): Promise<boolean> {
  await using server = await ServerProcess.start({ seed: "demo" });
  const management = new Management(server.url);
  const record = new ExchangeRecord(management, rest);
  for (const shapes of await everyConcept()) await shapes(record.exchange, management);
  const isServed = await servedOperations(management);
  sayWhatIsServed(rest, isServed, record.checked);
  for (const problem of record.problems) say(problem);
  say(`${record.count} answers checked, ${record.problems.length} not as described`);
  return record.problems.length === 0;
}

/** Each concept has a file of its own, so that nobody has to edit a list of them. */
async function everyConcept(): Promise<readonly Shapes[]> {
  const files = readdirSync(new URL("shapes/", import.meta.url)).sort();
  const modules = await Promise.all(
    files.map((file) => import(new URL(`shapes/${file}`, import.meta.url).href)),
  );
  return modules.map((module: { shapes: Shapes }) => module.shapes);
}

/** As the server describes itself: that tells a route that is not there from a thing that is not. */
async function servedOperations(
  management: Management,
): Promise<(operation: DescribedOperation) => boolean> {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await management.ask("GET", "/api/v2/openapi.json"));
  const served = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${nameless(path)}`),
    ),
  );
  return ({ method, template }) => served.has(`${method} ${nameless(template)}`);
}

/** What parameters are called does not matter. */
function nameless(template: string): string {
  return template.replaceAll(/\{[^}]+\}/gu, "{}");
}

function sayWhatIsServed(
  rest: RestDescription,
  isServed: (operation: DescribedOperation) => boolean,
  checked: ReadonlySet<string>,
): void {
  const operations = rest.operations();
  const served = operations.filter(isServed);
  for (const tag of [...new Set(operations.map((one) => one.tag))].sort()) {
    const all = operations.filter((one) => one.tag === tag);
    const left = all.filter((one) => !isServed(one)).map(({ operationId }) => operationId);
    const rest = left.length === 0 ? "" : `; left: ${left.join(", ")}`;
    say(`${tag}: ${all.length - left.length} of ${all.length} served${rest}`);
  }
  const unchecked = served.filter(({ operationId }) => !checked.has(operationId));
  if (unchecked.length > 0)
    say(`served, and no answer is checked: ${unchecked.map((one) => one.operationId).join(", ")}`);
  say(`${served.length} of ${operations.length} operations served`);
}
