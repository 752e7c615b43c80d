import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "nav.flags": "Flags",
  "nav.segments": "Segments",
  "nav.contexts": "Contexts",
  "nav.keys": "Keys & SDKs",
  "nav.tokens": "Access tokens",
});
