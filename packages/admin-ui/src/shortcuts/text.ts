import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "shortcuts.title": "Keys on this page",
  "shortcuts.show": "Show the keys of this page",
  "shortcuts.off": "Single keys are turned off under your name at the top right.",
});
