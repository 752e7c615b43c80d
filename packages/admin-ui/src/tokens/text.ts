import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "tokens.title": "Access tokens",
  "tokens.words": "What scripts and the command line sign in with.",
});
