import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "me.title": "You",
  "me.what": "Your account",
  "me.profile": "Who you are",
  "me.email": "Email",
  "me.role": "You may",
  "me.looks": "How it looks",
  "me.theme": "Theme",
  "me.theme.system": "As the system",
  "me.theme.light": "Light",
  "me.theme.dark": "Dark",
  "me.keys": "Single-key shortcuts",
  "me.keys.words":
    "Letters such as C and / act on the page. Turn them off where they get in the way of other software; Ctrl K stays.",
  "me.keys.list": "Press ? on any page for its keys.",

  "me.password": "Password",
  "me.password.words": "All your other sessions end when you change it.",
  "me.password.current": "Password so far",
  "me.password.new": "New password",
  "me.password.change": "Change password",
  "me.password.changed": "Password changed; your other sessions have ended",

  "me.factor": "Second factor",
  "me.factor.on": "On: signing in takes a code of your authenticator app.",
  "me.factor.off":
    "Off: whoever learns your password gets in. An authenticator app on your phone stops that.",
  "me.factor.codes": {
    one: "{count} recovery code left",
    other: "{count} recovery codes left",
  },
  "me.factor.few": "Few are left: remove the second factor and add it again for new codes.",
  "me.factor.add": "Add second factor",
  "me.factor.remove": "Remove second factor",
  "me.factor.remove.words":
    "From then on the password alone lets you in. Enter a code to show that it is you.",
  "me.factor.remove.code": "Code of the app, or a recovery code",
  "me.factor.removed": "The second factor is gone",
  "me.cancel": "Cancel",

  "me.sessions": "Where you are signed in",
  "me.sessions.what": "Your sessions",
  "me.sessions.words":
    "A session ends after twelve hours without use, and after seven days in any case.",
  "me.sessions.current": "This one",
  "me.sessions.sso": "By single sign-on",
  "me.sessions.seen": "Last used {when} from {address}",
  "me.sessions.end": "End session",
  "me.sessions.end.label": "End the session of {device}",
  "me.sessions.endOthers": "End all others",
  "me.sessions.ended": "The session has ended",
  "me.sessions.othersEnded": "All other sessions have ended",
  "me.sessions.failed": "The session could not be ended",
  "me.device": "{browser} on {system}",
  "me.device.unknown": "Unknown device",
});
