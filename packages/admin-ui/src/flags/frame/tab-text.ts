import { catalogue } from "../../text/catalogue.ts";

/** The names of a flag's parts: apart from other texts, for the routes load them at once. */
export const tab = catalogue({
  "tab.targeting": "Targeting",
  "tab.variations": "Variations",
  "tab.evaluations": "Evaluations",
  "tab.code": "Code",
  "tab.settings": "Settings",
  "tab.history": "History",
});
