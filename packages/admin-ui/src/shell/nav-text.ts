import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "nav.flags": "Flags",
  "nav.live": "Live",
  "nav.audit": "Audit",
  "nav.cleanup": "Clean-up",
  "nav.keys": "Keys & SDKs",
  "nav.tokens": "Access tokens",
  "nav.settings": "Settings",
});
