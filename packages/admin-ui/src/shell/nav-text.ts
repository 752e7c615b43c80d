import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "nav.flags": "Flags",
  "nav.audit": "Audit",
  "nav.keys": "Keys & SDKs",
  "nav.account": "Account",
  "nav.members": "Members",
  "nav.me": "You",
  "nav.roles": "Roles",
  "nav.tokens": "Access tokens",
  "nav.settings": "Settings",
});
