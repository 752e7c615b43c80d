import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "lifecycle.title": "Lifecycle",
  "lifecycle.words": "When a flag comes onto the clean-up board, and why.",
  "lifecycle.what": "The lifecycle",
  "lifecycle.rules": "Rules of the board",
  "lifecycle.servedDays": "Ready to remove",
  "lifecycle.servedDays.words":
    "Days for which a temporary flag has given everyone the same, in every critical environment.",
  "lifecycle.unaskedDays": "Safe to archive",
  "lifecycle.unaskedDays.words":
    "Days for which no SDK has asked for a flag that was asked for before.",
  "lifecycle.unusedDays": "Never used",
  "lifecycle.unusedDays.words":
    "Days since a flag was made for which no SDK has ever asked. Younger flags are on no column.",
  "lifecycle.days": { one: "{count} day", other: "{count} days" },
  "lifecycle.usual": "Usually {days}.",
  "lifecycle.range": "From 1 to 365 days.",
  "lifecycle.save": "Save rules",
  "lifecycle.saved": "The rules are saved, and the board follows them.",
  "lifecycle.save.failed": "The rules could not be saved",
  "lifecycle.none": "Nothing has changed.",
  "lifecycle.board": "See the board",
  "lifecycle.kept":
    "A flag that should stay for a while is kept until a day from its card; a flag that stays for good is marked permanent.",
});
