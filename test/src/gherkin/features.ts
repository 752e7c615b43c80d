import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from "@cucumber/gherkin";
import { IdGenerator } from "@cucumber/messages";
import type { Scenario } from "./scenario.ts";

/** Every scenario of the folder's feature files. */
export function readScenarios(folder: string): Scenario[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".feature"));
  return files
    .sort()
    .flatMap((name) => scenariosOf(name, readFileSync(path.join(folder, name), "utf8")));
}

function scenariosOf(feature: string, text: string): Scenario[] {
  const newId = IdGenerator.incrementing();
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  return compile(parser.parse(text), feature, newId).map(({ name, tags, steps }) => ({
    feature,
    name,
    tags: tags.map((tag) => tag.name),
    steps: steps.map((step) => ({
      text: step.text,
      rows: (step.argument?.dataTable?.rows ?? []).map(({ cells }) =>
        cells.map(({ value }) => value),
      ),
    })),
  }));
}
