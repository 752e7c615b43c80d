import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "firstRun.title": "Your first flag",
  "firstRun.words":
    "From here to a flag that your code follows: make it, copy a few lines, turn it on.",
  "firstRun.skip": "Skip to the flags",
  "firstRun.make": "Make a flag",
  "firstRun.make.words": "It is a boolean, off everywhere. Name and values can be changed later.",
  "firstRun.name": "Name",
  "firstRun.name.first": "First flag",
  "firstRun.key": "Code asks for it as {key}.",
  "firstRun.create": "Create flag",
  "firstRun.or": "or begin with one that is there",
  "firstRun.existing": "A flag that is there",
  "firstRun.existing.choose": "Choose a flag",
  "firstRun.environment": "Environment",
  "firstRun.what": "The flags",
  "firstRun.flag.what": "The flag",
  "firstRun.next": "What comes next",
  "firstRun.next.code": "Copy a few lines for your language, with the key and the address in them",
  "firstRun.next.run": "Run them, and see here that they have connected",
  "firstRun.next.switch": "Turn the flag on, and see your code follow",
  "firstRun.other": "Another flag",
  "firstRun.targeting": "Go to its targeting",
});
