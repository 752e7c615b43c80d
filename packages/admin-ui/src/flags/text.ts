import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "flag.list.title": "Flags",
  "flag.list.what": "The flags",
  "flag.create": "Create flag",
  "flag.create.title": "Create a flag",
  "flag.filter": "Filter flags",
  "flag.filter.placeholder": "Filter by name or key",
  "flag.filter.none": "No flag has “{typed}” in its name or key.",
  "flag.list.empty":
    "A flag decides what your code does, without a deploy. There is none here yet.",
  "flag.what": "The flag",
  "flag.turnedOn": "{flag} is on in {environment}",
  "flag.turnedOff": "{flag} is off in {environment}",
  "flag.switch.failed": "{flag} could not be switched in {environment}",
  "flag.switch.on": "Turn on {flag} in {environment}",
  "flag.switch.off": "Turn off {flag} in {environment}",
  "flag.switch.turnOn": "Turn on",
  "flag.switch.turnOff": "Turn off",
  "flag.switch.critical": "This environment is critical. Apps get it at once.",
  "flag.switch.comment": "Comment",
  "flag.switch.comment.required": "{environment} asks for a comment with every change.",
  "flag.switch.comment.optional": "Why you switch it. It stands in the history.",
  "flag.switch.comment.missing": "Say why, in a few words.",
  "flag.switch.undone": "Taken back right after switching",
  "flag.switch.label": "{flag} in {environment}",
});
