import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "security.title": "Security",
  "security.what": "The security settings",
  "security.factor": "Second factor for everybody",
  "security.factor.words":
    "Whoever signs in with a password then adds an authenticator app before anything else. Single sign-on and access tokens are not asked.",
  "security.factor.on": "Everybody is asked for a second factor",
  "security.factor.off": "Nobody is asked for a second factor",
  "security.factor.failed": "The second factor could not be asked for",
  "security.list": "Allowed addresses",
  "security.list.words":
    "From where the API, SCIM and this UI may be used. SDKs are let in from everywhere.",
  "security.list.force": "Let only listed addresses in",
  "security.list.short": "Only these get in",
  "security.list.on": "Only listed addresses get in",
  "security.list.off": "All addresses get in",
  "security.list.failed": "The list could not be put into force",
  "security.list.empty":
    "No address is listed. List your own first: nobody can lock themselves out.",
  "security.address": "Address or block",
  "security.address.words": "Such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.",
  "security.description": "What it is",
  "security.add": "Add address",
  "security.added": "{address} may come in",
  "security.remove": "Remove {address}",
  "security.removed": "{address} is off the list",
  "security.remove.failed": "{address} could not be removed",
});
