import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "palette.title": "Search or jump to",
  "palette.open": "Search or jump to…",
  "palette.shortcut": "Search and commands",
  "palette.placeholder": "Search or jump to… (> do, / pages, # tags, @ people)",
  "palette.none": "Nothing matches “{typed}”.",
  "palette.found": "What was found",
  "palette.page": "On this page",
  "palette.recent": "Recently used",
  "palette.go": "Go",
  "palette.do": "Do",
  "palette.ask": "Ask",
  "palette.enter": "open",
  "palette.escape": "close",
  "palette.goTo": "Go to {page}",
  "palette.theme.dark": "Switch to the dark theme",
  "palette.theme.light": "Switch to the light theme",
  "palette.theme.system": "Use the theme of the system",
  "palette.signOut": "Sign out",
});
