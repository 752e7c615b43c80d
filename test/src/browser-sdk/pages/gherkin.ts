import type { LineState } from "../../gherkin/line.ts";
import { runScenario } from "../../gherkin/run-scenario.ts";
import type { Outcome, Scenario } from "../../gherkin/scenario.ts";
import { type Place, WebSession } from "../../gherkin/web-session.ts";

declare global {
  interface Window {
    /** Given by who opens the page. */
    turnLine(state: LineState): Promise<void>;
    runScenario(scenario: Scenario, place: Place): Promise<Outcome>;
  }
}

window.runScenario = (scenario, place) =>
  runScenario(scenario, new WebSession(place, window.turnLine));
