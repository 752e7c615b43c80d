// How the admin UI feels with 10,000 flags: the production build in a browser, on a real server. Prints
// what was measured beside its limit; with --check it exits 1 where one does not hold.
import { AdminUi } from "@halyard/test";
import { heapSlope } from "./ui/heap.ts";
import { firstRows, search, toggle } from "./ui/interactions.ts";
import { holds, type Measured } from "./ui/measured.ts";
import { fillProject, project } from "./ui/project.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await using ui = await AdminUi.start();
await fillProject(ui.management);
const list = `/p/${project}/flags`;
const results: Measured[] = [];
for (const measure of [firstRows, search, toggle, heapSlope]) {
  await using opened = await ui.open(list);
  const measured = await measure(opened.page, ui);
  results.push(measured);
  say(
    `${measured.what.padEnd(44)}${measured.value.toFixed(1).padStart(8)} ${measured.unit}  ` +
      `(limit ${measured.limit}${holds(measured) ? "" : ", MISSED"})  ${measured.detail}`,
  );
}
const isChecked = process.argv.includes("--check");
process.exitCode = isChecked && !results.every(holds) ? 1 : 0;
