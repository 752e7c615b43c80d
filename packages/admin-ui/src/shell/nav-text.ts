import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "nav.flags": "Flags",
  "nav.segments": "Segments",
  "nav.contexts": "Contexts",
  "nav.approvals": "Approvals",
  "nav.audit": "Audit",
  "nav.keys": "Keys & SDKs",
  "nav.account": "Account",
  "nav.members": "Members",
  "nav.tokens": "Access tokens",
  "nav.settings": "Settings",
});
