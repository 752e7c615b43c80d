import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "nav.flags": "Flags",
  "nav.home": "Home",
  "nav.approvals": "Approvals",
  "nav.live": "Live",
  "nav.audit": "Audit",
  "nav.cleanup": "Clean-up",
  "nav.segments": "Segments",
  "nav.contexts": "Contexts",
  "nav.keys": "Keys & SDKs",
  "nav.account": "Account",
  "nav.members": "Members",
  "nav.me": "You",
  "nav.roles": "Roles",
  "nav.security": "Security",
  "nav.teams": "Teams",
  "nav.sso": "Single sign-on",
  "nav.tokens": "Access tokens",
  "nav.settings": "Settings",
});
